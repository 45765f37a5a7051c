/* test/chip/elf32.c - see test/chip/elf32.h. */
#include "elf32.h"

#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint8_t *image;
static long image_len;
static const Elf32_Sym *symbols;
static const char *names;
static uint32_t symbol_count, names_len;

static int read_image(const char *path)
{
    FILE *file = fopen(path, "rb");

    if (file == NULL)
        return 0;
    if (fseek(file, 0, SEEK_END) == 0 && (image_len = ftell(file)) > (long)sizeof(Elf32_Ehdr) &&
        fseek(file, 0, SEEK_SET) == 0 && (image = malloc((size_t)image_len)) != NULL &&
        fread(image, 1, (size_t)image_len, file) != (size_t)image_len)
        image_len = 0;
    fclose(file);
    return image != NULL && image_len > 0;
}

static const Elf32_Shdr *section(uint32_t index)
{
    const Elf32_Ehdr *header = (const void *)image;
    const uint64_t at = header->e_shoff + (uint64_t)index * sizeof(Elf32_Shdr);

    if (index >= header->e_shnum || at + sizeof(Elf32_Shdr) > (uint64_t)image_len)
        return NULL;
    return (const void *)(image + at);
}

int elf32_read(const char *path)
{
    const Elf32_Ehdr *header;

    if (!read_image(path))
        return 0;
    header = (const void *)image;
    if (memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 || header->e_ident[EI_CLASS] != ELFCLASS32 ||
        header->e_ident[EI_DATA] != ELFDATA2LSB)
        return 0;
    for (uint32_t i = 0; i < header->e_shnum; i++) {
        const Elf32_Shdr *table = section(i), *strings;

        if (table == NULL || table->sh_type != SHT_SYMTAB)
            continue;
        strings = section(table->sh_link);
        if (strings == NULL || (uint64_t)table->sh_offset + table->sh_size > (uint64_t)image_len ||
            (uint64_t)strings->sh_offset + strings->sh_size > (uint64_t)image_len)
            return 0;
        symbols = (const void *)(image + table->sh_offset);
        symbol_count = table->sh_size / (uint32_t)sizeof(Elf32_Sym);
        names = (const char *)image + strings->sh_offset;
        names_len = strings->sh_size;
        return 1;
    }
    return 0;
}

static const Elf32_Sym *find(const char *name)
{
    const size_t len = strlen(name) + 1;

    for (uint32_t i = 0; i < symbol_count; i++) {
        const uint32_t at = symbols[i].st_name;

        if (at < names_len && len <= names_len - at && memcmp(names + at, name, len) == 0)
            return &symbols[i];
    }
    return NULL;
}

uint32_t elf32_symbol(const char *name)
{
    const Elf32_Sym *found = find(name);

    if (found == NULL)
        return UINT32_MAX;
    return ELF32_ST_TYPE(found->st_info) == STT_FUNC ? found->st_value & ~1u : found->st_value;
}

uint32_t elf32_size(const char *name)
{
    const Elf32_Sym *found = find(name);

    return found == NULL ? 0 : found->st_size;
}
