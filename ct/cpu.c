/* ct/cpu.c - reading the processor's features: CPUID and XGETBV on x86-64, the auxiliary vector on Arm Linux. */
#include "cpu.h"

#include "ct_internal.h"

#if MOTE_CPU_X86_64

#include <cpuid.h>

/* CPUID leaf 1 ECX, leaf 7 EBX and ECX (Intel SDM volume 2, CPUID). */
#define L1C_SSSE3 (1u << 9)
#define L1C_SSE41 (1u << 19)
#define L1C_AES (1u << 25)
#define L1C_OSXSAVE (1u << 27)
#define L1C_AVX (1u << 28)
#define L7B_BMI1 (1u << 3)
#define L7B_AVX2 (1u << 5)
#define L7B_BMI2 (1u << 8)
#define L7B_AVX512F (1u << 16)
#define L7B_AVX512DQ (1u << 17)
#define L7B_SHA (1u << 29)
#define L7B_AVX512BW (1u << 30)
#define L7B_AVX512VL (1u << 31)
#define L7C_VBMI (1u << 1)
#define L7C_VAES (1u << 9)
#define XCR0_YMM 0x06u /* SSE and AVX state */
#define XCR0_ZMM 0xe6u /* the same, opmask, and both parts of the AVX-512 state */

uint32_t mote_cpu_decode(uint32_t leaf1_ecx, uint32_t leaf7_ebx, uint32_t leaf7_ecx, uint32_t xcr0)
{
    const uint32_t avx2 = L7B_AVX2 | L7B_BMI1 | L7B_BMI2;
    const uint32_t avx512 = L7B_AVX512F | L7B_AVX512DQ | L7B_AVX512BW | L7B_AVX512VL;
    uint32_t features = 0;

    if ((leaf1_ecx & L1C_SSSE3) == 0)
        return 0;
    features |= MOTE_CPU_SSSE3;
    if ((leaf1_ecx & L1C_SSE41) != 0) {
        features |= (leaf1_ecx & L1C_AES) != 0 ? MOTE_CPU_AES : 0;
        features |= (leaf7_ebx & L7B_SHA) != 0 ? MOTE_CPU_SHA256 : 0;
    }
    if ((leaf1_ecx & L1C_OSXSAVE) == 0 || (xcr0 & XCR0_YMM) != XCR0_YMM || (leaf1_ecx & L1C_AVX) == 0 ||
        (leaf7_ebx & avx2) != avx2)
        return features;
    features |= MOTE_CPU_AVX2;
    features |= (leaf7_ecx & L7C_VAES) != 0 && (features & MOTE_CPU_AES) != 0 ? MOTE_CPU_VAES : 0;
    if ((xcr0 & XCR0_ZMM) == XCR0_ZMM && (leaf7_ebx & avx512) == avx512) {
        features |= MOTE_CPU_AVX512;
        features |= (leaf7_ecx & L7C_VBMI) != 0 ? MOTE_CPU_VBMI : 0;
    }
    return features;
}

static uint32_t detect(void)
{
    uint32_t eax, ebx, ecx, edx, leaf1_ecx = 0, leaf7_ebx = 0, leaf7_ecx = 0, xcr0 = 0;

    if (__get_cpuid(1, &eax, &ebx, &ecx, &edx))
        leaf1_ecx = ecx;
    if (__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx)) {
        leaf7_ebx = ebx;
        leaf7_ecx = ecx;
    }
    if ((leaf1_ecx & L1C_OSXSAVE) != 0)
        __asm__ volatile("xgetbv" : "=a"(xcr0), "=d"(edx) : "c"(0));
    return mote_cpu_decode(leaf1_ecx, leaf7_ebx, leaf7_ecx, xcr0);
}

#elif MOTE_CPU_ARM64 || MOTE_CPU_ARM32

#if defined(__linux__)
#include <sys/auxv.h>
#endif

/* Linux: arch/arm64/include/uapi/asm/hwcap.h and arch/arm/include/uapi/asm/hwcap.h. Elsewhere only what the compiler was
 * told about the processor is taken. */
static uint32_t detect(void)
{
    uint32_t features = 0;

#if defined(__linux__)
    const unsigned long hwcap = getauxval(AT_HWCAP);
#if MOTE_CPU_ARM64
    features |= (hwcap & (1UL << 1)) != 0 ? MOTE_CPU_NEON : 0;   /* HWCAP_ASIMD */
    features |= (hwcap & (1UL << 3)) != 0 ? MOTE_CPU_AES : 0;    /* HWCAP_AES */
    features |= (hwcap & (1UL << 6)) != 0 ? MOTE_CPU_SHA256 : 0; /* HWCAP_SHA2 */
#else
    features |= (hwcap & (1UL << 12)) != 0 ? MOTE_CPU_NEON : 0; /* HWCAP_NEON */
#endif
#endif
#if defined(__ARM_NEON)
    features |= MOTE_CPU_NEON;
#endif
#if defined(__ARM_FEATURE_AES)
    features |= MOTE_CPU_AES;
#endif
#if defined(__ARM_FEATURE_SHA2)
    features |= MOTE_CPU_SHA256;
#endif
    return features;
}

#endif

#if MOTE_CPU_X86_64 || MOTE_CPU_ARM64 || MOTE_CPU_ARM32

static uint32_t known;

uint32_t mote_cpu_features(void)
{
    const uint32_t read = 0x80000000u; /* marks that known has been read, also where it is nothing */
    uint32_t features = __atomic_load_n(&known, __ATOMIC_RELAXED);

    if (features == 0) {
        features = detect() | read;
        __atomic_store_n(&known, features, __ATOMIC_RELAXED);
    }
    return features & ~read;
}

#if MOTE_CPU_X86_64
__attribute__((target("avx512f,avx512vl"))) static void clear_upper(void)
{
    MOTE_CLEAR_UPPER();
}

/* A compiler that aligns the stack for a call pushes some general register on it, which may hold a secret: the only calls here
 * are jumps. */
static MOTE_NOINLINE void first_clear_upper(void)
{
    if ((mote_cpu_features() & MOTE_CPU_AVX512) != 0)
        clear_upper();
}

void mote_clear_vectors_now(void)
{
    const uint32_t features = __atomic_load_n(&known, __ATOMIC_RELAXED);

    MOTE_CLEAR_XMM();
    if (features == 0)
        first_clear_upper();
    else if ((features & MOTE_CPU_AVX512) != 0)
        clear_upper();
}
#endif

int mote_cpu_force(uint8_t *chosen, const mote_cpu_backend *backends, unsigned count, unsigned index)
{
    if (index >= count || (backends[index].needs & ~mote_cpu_features()) != 0)
        return 0;
    __atomic_store_n(chosen, (uint8_t)(index + 1), __ATOMIC_RELAXED);
    return 1;
}

unsigned mote_cpu_choose(uint8_t *chosen, const mote_cpu_backend *backends, unsigned count)
{
    do
        count--;
    while (!mote_cpu_force(chosen, backends, count + 1, count)); /* backend 0 needs nothing */
    return count;
}

#else
typedef int mote_cpu_is_empty;
#endif
