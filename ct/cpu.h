/* ct/cpu.h - which instruction sets this processor has and the operating system lets programs use.
 *
 * Desktop builds hold several backends of a room and choose at run time. Each x86-64 backend compiles its functions with
 * a target attribute, so that no compiler flag is needed and the rest of the library stays baseline code. */
#ifndef MOTE_CPU_H
#define MOTE_CPU_H

#include <mote/config.h>

/* Can this compiler make backends for instruction sets beyond the baseline? Decided here once for all rooms. */
#if MOTE_TARGET_DESKTOP && !MOTE_PORTABLE_ONLY && !MOTE_NO_ASM && !defined(__TINYC__) &&                            \
    (defined(__clang__) || __GNUC__ + 0 >= 8)
#if defined(__x86_64__)
#define MOTE_CPU_X86 1
#elif defined(__aarch64__) && !defined(__AARCH64EB__)
#define MOTE_CPU_ARM64 1
#elif defined(__arm__) && !defined(__ARMEB__) && !defined(__SOFTFP__) && (!defined(__clang__) || defined(__ARM_NEON))
#define MOTE_CPU_ARM32 1
#endif
#endif
#if MOTE_TARGET_AVR && !MOTE_PORTABLE_ONLY && !MOTE_NO_ASM && defined(__AVR_HAVE_MOVW__) && defined(__AVR_HAVE_LPMX__) &&   \
    !defined(__AVR_HAVE_8BIT_SP__)
#define MOTE_CPU_AVR 1
#else
#define MOTE_CPU_AVR 0
#endif
#if !MOTE_PORTABLE_ONLY && !MOTE_NO_ASM && defined(__GNUC__) && !defined(__TINYC__) && defined(__thumb__) &&              \
    defined(__ARMEL__)
#if defined(__thumb2__)
#define MOTE_CPU_THUMB2 1 /* Cortex-M3, M4, M7, M33, ... */
#else
#define MOTE_CPU_THUMB1 1 /* Cortex-M0, M0+, M23 */
#endif
#endif
#ifndef MOTE_CPU_THUMB1
#define MOTE_CPU_THUMB1 0
#endif
#ifndef MOTE_CPU_THUMB2
#define MOTE_CPU_THUMB2 0
#endif
#ifndef MOTE_CPU_X86
#define MOTE_CPU_X86 0
#endif
/* The same processors, also where only portable code is made for them: copies go through their vector registers. */
#if MOTE_TARGET_DESKTOP && !MOTE_NO_ASM && !defined(__TINYC__) && defined(__x86_64__) && defined(__SSE2__) &&       \
    (defined(__clang__) || __GNUC__ + 0 >= 8)
#define MOTE_CPU_X86_64 1
#else
#define MOTE_CPU_X86_64 0
#endif
#ifndef MOTE_CPU_ARM64
#define MOTE_CPU_ARM64 0
#endif
#ifndef MOTE_CPU_ARM32
#define MOTE_CPU_ARM32 0
#endif

/* A set of features is the sum of these. Those that need wider registers are present only where the operating system
 * saves them (XCR0). */
#define MOTE_CPU_SSSE3 0x0001u
#define MOTE_CPU_AES 0x0002u    /* x86: AES-NI and SSE4.1; Arm: the ARMv8 AES instructions */
#define MOTE_CPU_SHA256 0x0004u /* x86: SHA-NI and SSE4.1; Arm: the ARMv8 SHA-2 instructions */
#define MOTE_CPU_AVX2 0x0008u   /* with BMI1 and BMI2 */
#define MOTE_CPU_AVX512 0x0010u /* F, BW, DQ, VL; with AVX2 as above */
#define MOTE_CPU_VBMI 0x0020u   /* with AVX512 */
#define MOTE_CPU_VAES 0x0040u   /* with AVX2 and AES; in 512 bits where AVX512 is there too */
#define MOTE_CPU_NEON 0x0080u

#if MOTE_CPU_X86_64 || MOTE_CPU_ARM64 || MOTE_CPU_ARM32

/* The features, read once: the first calls may do so in several threads at the same time, and all find the same. */
uint32_t mote_cpu_features(void);

#if MOTE_CPU_X86_64
/* What these answers of CPUID (leaves 1 and 7, subleaf 0) and the register XCR0 mean (Intel SDM volume 1 sections 14.3
 * and 15.2). xcr0 is ignored unless OSXSAVE is set in leaf1_ecx. A function of its own so that tests can ask it about
 * processors and operating systems that are not there. */
uint32_t mote_cpu_decode(uint32_t leaf1_ecx, uint32_t leaf7_ebx, uint32_t leaf7_ecx, uint32_t xcr0);
#endif

/* A room with several backends describes each so, from the slowest to the fastest, and keeps in a byte, at first zero,
 * the number of the one in use plus one. */
typedef struct {
    const char *name;
    uint32_t needs; /* the features without which it must not be used */
} mote_cpu_backend;

/* Choose the last of count backends that the processor can run, and keep it. Threads that do so at the same time find
 * the same. Returns its number. */
unsigned mote_cpu_choose(uint8_t *chosen, const mote_cpu_backend *backends, unsigned count);

/* Keep backend number index instead. Returns 1, or 0 and changes nothing if the processor cannot run it. */
int mote_cpu_force(uint8_t *chosen, const mote_cpu_backend *backends, unsigned count, unsigned index);

/* The number of the backend in use. */
static inline unsigned mote_cpu_chosen(uint8_t *chosen, const mote_cpu_backend *backends, unsigned count)
{
    const unsigned number = __atomic_load_n(chosen, __ATOMIC_RELAXED);

    return number != 0 ? number - 1 : mote_cpu_choose(chosen, backends, count);
}

/* Clear the vector registers, which held round keys or message words: nothing of a backend survives in them, and AVX
 * code leaves no upper halves behind that would slow down SSE code. VZEROALL takes longer than all these. */
#if MOTE_CPU_X86_64
#define MOTE_LOWER_REGISTERS                                                                                  \
    "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11",         \
    "xmm12", "xmm13", "xmm14", "xmm15"
#define MOTE_UPPER_REGISTERS                                                                                  \
    "xmm16", "xmm17", "xmm18", "xmm19", "xmm20", "xmm21", "xmm22", "xmm23", "xmm24", "xmm25", "xmm26",        \
    "xmm27", "xmm28", "xmm29", "xmm30", "xmm31"
#define MOTE_ZERO_YMM                                                                                         \
    "vpxor %%xmm0, %%xmm0, %%xmm0\n\tvpxor %%xmm1, %%xmm1, %%xmm1\n\t"                                        \
    "vpxor %%xmm2, %%xmm2, %%xmm2\n\tvpxor %%xmm3, %%xmm3, %%xmm3\n\t"                                        \
    "vpxor %%xmm4, %%xmm4, %%xmm4\n\tvpxor %%xmm5, %%xmm5, %%xmm5\n\t"                                        \
    "vpxor %%xmm6, %%xmm6, %%xmm6\n\tvpxor %%xmm7, %%xmm7, %%xmm7\n\t"                                        \
    "vpxor %%xmm8, %%xmm8, %%xmm8\n\tvpxor %%xmm9, %%xmm9, %%xmm9\n\t"                                        \
    "vpxor %%xmm10, %%xmm10, %%xmm10\n\tvpxor %%xmm11, %%xmm11, %%xmm11\n\t"                                  \
    "vpxor %%xmm12, %%xmm12, %%xmm12\n\tvpxor %%xmm13, %%xmm13, %%xmm13\n\t"                                  \
    "vpxor %%xmm14, %%xmm14, %%xmm14\n\tvpxor %%xmm15, %%xmm15, %%xmm15\n\tvzeroupper"
#define MOTE_CLEAR_XMM()                                                                                      \
    __asm__ volatile("pxor %%xmm0, %%xmm0\n\tpxor %%xmm1, %%xmm1\n\tpxor %%xmm2, %%xmm2\n\t"                  \
                     "pxor %%xmm3, %%xmm3\n\tpxor %%xmm4, %%xmm4\n\tpxor %%xmm5, %%xmm5\n\t"                  \
                     "pxor %%xmm6, %%xmm6\n\tpxor %%xmm7, %%xmm7\n\tpxor %%xmm8, %%xmm8\n\t"                  \
                     "pxor %%xmm9, %%xmm9\n\tpxor %%xmm10, %%xmm10\n\tpxor %%xmm11, %%xmm11\n\t"              \
                     "pxor %%xmm12, %%xmm12\n\tpxor %%xmm13, %%xmm13\n\tpxor %%xmm14, %%xmm14\n\t"            \
                     "pxor %%xmm15, %%xmm15"                                                                  \
                     :                                                                                        \
                     :                                                                                        \
                     : MOTE_LOWER_REGISTERS)
#define MOTE_CLEAR_YMM() __asm__ volatile(MOTE_ZERO_YMM : : : MOTE_LOWER_REGISTERS)
/* The upper sixteen alone, which the C library may have used: 128-bit instructions clear all of them. */
#define MOTE_CLEAR_UPPER()                                                                                    \
    __asm__ volatile("vpxord %%xmm16, %%xmm16, %%xmm16\n\tvpxord %%xmm17, %%xmm17, %%xmm17\n\t"               \
                     "vpxord %%xmm18, %%xmm18, %%xmm18\n\tvpxord %%xmm19, %%xmm19, %%xmm19\n\t"               \
                     "vpxord %%xmm20, %%xmm20, %%xmm20\n\tvpxord %%xmm21, %%xmm21, %%xmm21\n\t"               \
                     "vpxord %%xmm22, %%xmm22, %%xmm22\n\tvpxord %%xmm23, %%xmm23, %%xmm23\n\t"               \
                     "vpxord %%xmm24, %%xmm24, %%xmm24\n\tvpxord %%xmm25, %%xmm25, %%xmm25\n\t"               \
                     "vpxord %%xmm26, %%xmm26, %%xmm26\n\tvpxord %%xmm27, %%xmm27, %%xmm27\n\t"               \
                     "vpxord %%xmm28, %%xmm28, %%xmm28\n\tvpxord %%xmm29, %%xmm29, %%xmm29\n\t"               \
                     "vpxord %%xmm30, %%xmm30, %%xmm30\n\tvpxord %%xmm31, %%xmm31, %%xmm31"                   \
                     :                                                                                        \
                     :                                                                                        \
                     : MOTE_UPPER_REGISTERS)
#define MOTE_CLEAR_ZMM()                                                                                      \
    __asm__ volatile("vpxorq %%zmm16, %%zmm16, %%zmm16\n\tvpxorq %%zmm17, %%zmm17, %%zmm17\n\t"               \
                     "vpxorq %%zmm18, %%zmm18, %%zmm18\n\tvpxorq %%zmm19, %%zmm19, %%zmm19\n\t"               \
                     "vpxorq %%zmm20, %%zmm20, %%zmm20\n\tvpxorq %%zmm21, %%zmm21, %%zmm21\n\t"               \
                     "vpxorq %%zmm22, %%zmm22, %%zmm22\n\tvpxorq %%zmm23, %%zmm23, %%zmm23\n\t"               \
                     "vpxorq %%zmm24, %%zmm24, %%zmm24\n\tvpxorq %%zmm25, %%zmm25, %%zmm25\n\t"               \
                     "vpxorq %%zmm26, %%zmm26, %%zmm26\n\tvpxorq %%zmm27, %%zmm27, %%zmm27\n\t"               \
                     "vpxorq %%zmm28, %%zmm28, %%zmm28\n\tvpxorq %%zmm29, %%zmm29, %%zmm29\n\t"               \
                     "vpxorq %%zmm30, %%zmm30, %%zmm30\n\tvpxorq %%zmm31, %%zmm31, %%zmm31\n\t" MOTE_ZERO_YMM \
                     :                                                                                        \
                     :                                                                                        \
                     : MOTE_LOWER_REGISTERS, MOTE_UPPER_REGISTERS)
#elif MOTE_CPU_ARM64
#define MOTE_CLEAR_VECTORS()                                                                                  \
    __asm__ volatile("movi v0.16b, #0\n\tmovi v1.16b, #0\n\tmovi v2.16b, #0\n\tmovi v3.16b, #0\n\t"           \
                     "movi v4.16b, #0\n\tmovi v5.16b, #0\n\tmovi v6.16b, #0\n\tmovi v7.16b, #0\n\t"           \
                     "movi v8.16b, #0\n\tmovi v9.16b, #0\n\tmovi v10.16b, #0\n\tmovi v11.16b, #0\n\t"         \
                     "movi v12.16b, #0\n\tmovi v13.16b, #0\n\tmovi v14.16b, #0\n\tmovi v15.16b, #0\n\t"       \
                     "movi v16.16b, #0\n\tmovi v17.16b, #0\n\tmovi v18.16b, #0\n\tmovi v19.16b, #0\n\t"       \
                     "movi v20.16b, #0\n\tmovi v21.16b, #0\n\tmovi v22.16b, #0\n\tmovi v23.16b, #0\n\t"       \
                     "movi v24.16b, #0\n\tmovi v25.16b, #0\n\tmovi v26.16b, #0\n\tmovi v27.16b, #0\n\t"       \
                     "movi v28.16b, #0\n\tmovi v29.16b, #0\n\tmovi v30.16b, #0\n\tmovi v31.16b, #0"           \
                     :                                                                                        \
                     :                                                                                        \
                     : "v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9", "v10", "v11", "v12",       \
                       "v13", "v14", "v15", "v16", "v17", "v18", "v19", "v20", "v21", "v22", "v23", "v24",    \
                       "v25", "v26", "v27", "v28", "v29", "v30", "v31")
#define MOTE_CPU_NEON_TARGET
#else
#define MOTE_CLEAR_VECTORS()                                                                                  \
    __asm__ volatile("vmov.i8 q0, #0\n\tvmov.i8 q1, #0\n\tvmov.i8 q2, #0\n\tvmov.i8 q3, #0\n\t"               \
                     "vmov.i8 q4, #0\n\tvmov.i8 q5, #0\n\tvmov.i8 q6, #0\n\tvmov.i8 q7, #0\n\t"               \
                     "vmov.i8 q8, #0\n\tvmov.i8 q9, #0\n\tvmov.i8 q10, #0\n\tvmov.i8 q11, #0\n\t"             \
                     "vmov.i8 q12, #0\n\tvmov.i8 q13, #0\n\tvmov.i8 q14, #0\n\tvmov.i8 q15, #0"               \
                     :                                                                                        \
                     :                                                                                        \
                     : "d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8", "d9", "d10", "d11", "d12",       \
                       "d13", "d14", "d15", "d16", "d17", "d18", "d19", "d20", "d21", "d22", "d23", "d24",    \
                       "d25", "d26", "d27", "d28", "d29", "d30", "d31")
#if defined(__clang__)
#define MOTE_CPU_NEON_TARGET
#else
#define MOTE_CPU_NEON_TARGET __attribute__((target("fpu=neon")))
#endif
#endif

#endif

#endif
