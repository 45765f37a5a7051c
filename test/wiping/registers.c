/* test/wiping/registers.c - the vector registers of x86-64: cleared before a function, and saved at once after it. */
#include "wiping.h"

uint8_t registers[REGISTERS];

#if defined(__x86_64__)

#define ALL16(X)                                                                                       \
    X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15)
#define UPPER16(X)                                                                                     \
    X(16) X(17) X(18) X(19) X(20) X(21) X(22) X(23) X(24) X(25) X(26) X(27) X(28) X(29) X(30) X(31)

#define CLEAR512(n) __asm__ volatile("vpxorq %%zmm" #n ", %%zmm" #n ", %%zmm" #n : : : "xmm" #n);
#define CLEAR128(n) __asm__ volatile("pxor %%xmm" #n ", %%xmm" #n : : : "xmm" #n);
#define SAVE512(n) __asm__ volatile("vmovdqu64 %%zmm" #n ", %0" : "=m"(*(uint8_t(*)[64])(registers + 64 * n)));
#define SAVE256(n) __asm__ volatile("vmovdqu %%ymm" #n ", %0" : "=m"(*(uint8_t(*)[32])(registers + 64 * n)));
#define SAVE128(n) __asm__ volatile("movdqu %%xmm" #n ", %0" : "=m"(*(uint8_t(*)[16])(registers + 64 * n)));

__attribute__((noinline, target("avx512f"))) static void clear512(void)
{
    ALL16(CLEAR512) UPPER16(CLEAR512)
}

__attribute__((noinline, target("avx"))) static void clear256(void)
{
    __asm__ volatile("vzeroall" : : : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9",
                     "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
}

__attribute__((noinline, target("avx512f"))) static void save512(void)
{
    ALL16(SAVE512) UPPER16(SAVE512)
}

__attribute__((noinline, target("avx"))) static void save256(void)
{
    ALL16(SAVE256)
}

static int bits(void)
{
    static int known;

    if (known == 0) {
        __builtin_cpu_init();
        known = __builtin_cpu_supports("avx512f") ? 512 : __builtin_cpu_supports("avx") ? 256 : 128;
    }
    return known;
}

void clear_registers(void)
{
    if (bits() == 512)
        clear512();
    else if (bits() == 256)
        clear256();
    else {
        ALL16(CLEAR128)
    }
}

void save_registers(void)
{
    if (bits() == 512)
        save512();
    else if (bits() == 256)
        save256();
    else {
        ALL16(SAVE128)
    }
}

__attribute__((noinline, target("avx512f"))) static void leave_high(const uint8_t data[16])
{
    __asm__ volatile("vbroadcasti32x4 %0, %%zmm20" : : "m"(*(const uint8_t(*)[16])data) : "xmm20");
}

void leave_in_register(const uint8_t data[16], int high)
{
    if (high && bits() == 512)
        leave_high(data);
    else
        __asm__ volatile("movdqu %0, %%xmm9" : : "m"(*(const uint8_t(*)[16])data) : "xmm9");
}

#else /* elsewhere only the stack is searched */

void clear_registers(void)
{
}

void save_registers(void)
{
}

void leave_in_register(const uint8_t data[16], int high)
{
    (void)high;
    for (int i = 0; i < 16; i++)
        registers[i] = data[i];
}

#endif
