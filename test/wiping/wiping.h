/* test/wiping/wiping.h - the parts of the search for secrets that were left behind: see wiping.c. */
#ifndef WIPING_H
#define WIPING_H

#include <stddef.h>
#include <stdint.h>

/* ---- secrets.c: what may not be found. */

enum { MAX_WINDOWS = 30000 };

typedef struct {
    uint64_t value;
    const char *name;
} window;

/* Sorted by value once all are there; of 4 bytes each, and of 8. */
typedef struct {
    window of[MAX_WINDOWS];
    size_t count;
} windows;

extern windows windows4, windows8;

void forget_secrets(void);

/* Every 4 bytes in a row of data, at any place, as they stand and the other way round. */
void add_bytes(const char *name, const void *data, size_t len);

/* Words of 4 or 8 bytes in which few bits are independent, as a bitsliced round key has them. */
void add_words(const char *name, const void *data, size_t len, size_t size);

/* FIPS 197 section 5.2: the key and its round keys. */
void add_aes_key(const uint8_t key[16]);

/* FIPS 180-4: a message, and the states of SHA-256 after each of its blocks, from the state after `before` if that is not
 * NULL. The last state is the digest, which is written to digest. */
void add_message(const char *name, const uint8_t *before, const uint8_t *data, size_t len, uint8_t digest[32]);

/* RFC 2104: the key, both padded blocks, their states, those of the inner hash of data, the inner digest and the tag. Of the
 * data themselves nothing. */
void add_hmac(const uint8_t *key, size_t key_len, const uint8_t *data, size_t len, uint8_t tag[32]);

void sort_secrets(void);

/* The name of the secret that stands there, or NULL. */
const char *find_secret(const uint8_t *p, size_t len);

/* ---- stack.c */

extern unsigned pass;     /* 0 and 1: what is found in both is a remainder */
extern unsigned calls;    /* of run, in this pass */
extern unsigned failures; /* remainders, and whatever else is wrong */
extern size_t deepest;    /* bytes of stack that a call used */

/* Call function and search for the secrets that were added, which are then forgotten. */
void run(const char *backend, const char *name, void (*function)(void));

/* ---- registers.c */

enum { REGISTERS = 32 * 64 };
extern uint8_t registers[REGISTERS];

/* Those that a call need not preserve: what lies in them would be saved on the stack by what follows. */
static inline void clear_general_registers(void)
{
#if defined(__x86_64__)
    __asm__ volatile("xor %%eax, %%eax\n\txor %%ecx, %%ecx\n\txor %%edx, %%edx\n\txor %%esi, %%esi\n\txor %%edi, %%edi\n\t"
                     "xor %%r8d, %%r8d\n\txor %%r9d, %%r9d\n\txor %%r10d, %%r10d\n\txor %%r11d, %%r11d"
                     :
                     :
                     : "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "cc");
#endif
}

void clear_registers(void);
void save_registers(void);
void leave_in_register(const uint8_t data[16], int high); /* for the planted remainders */

#endif
