/* What every proof has: words for memory, the watched byte, buffers of any length. Included before everything else in
 * every file that is given to CBMC, the library's too. */
#ifndef MOTE_TEST_PROOF_H
#define MOTE_TEST_PROOF_H

/* The library for a chip, and where speed and size part ways the smaller; else that for a 64-bit processor. */
#if defined(CASE_CHIP) || defined(CASE_SMALL)
#define MOTE_TARGET_CORTEX_M 1
#endif
#if defined(CASE_SMALL)
#define MOTE_OPTIMIZE_SIZE 1
#endif

/* Also what is done where the cipher is a chip's unit, which can fail: without it the library does a part of the same. */
#define MOTE_AES_CAN_FAIL 1

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/* The longest object: a part of a CBMC pointer is the number of the object, and the rest must hold the offset. */
#define LEN_MAX ((size_t)1 << 50)

/* Memory that a function may read or write; NULL is allowed for a length of 0. Lengths that no object can have are not
 * memory, so these words are false for them. */
#define READABLE(p, len) ((len) == 0 || __CPROVER_r_ok((p), (len)))
#define WRITABLE(p, len) ((len) == 0 || __CPROVER_w_ok((p), (len)))

#define OFFSET(p) ((size_t)__CPROVER_POINTER_OFFSET(p))
/* Do the two stretches share a byte? What mote_overlap must answer. */
#define SHARE(p, p_len, q, q_len)                                                                   \
    ((p_len) != 0 && (q_len) != 0 && __CPROVER_same_object((p), (q)) && OFFSET(p) < OFFSET(q) + (q_len) && \
     OFFSET(q) < OFFSET(p) + (p_len))
#define SHARE_PARTLY(p, p_len, q, q_len) ((const void *)(p) != (const void *)(q) && SHARE(p, p_len, q, q_len))

/* One byte of memory, any one: what is shown of it is shown of all. Contracts say of it what a quantifier would say. */
extern uint8_t *watched;
#define WATCHED_IN(p, len) \
    (__CPROVER_same_object(watched, (p)) && OFFSET(watched) >= OFFSET(p) && OFFSET(watched) - OFFSET(p) < (len))

/* p is n elements beyond p0, which may be NULL if n is 0. */
#define MOVED(p, p0, n) ((n) == 0 ? (p) == (p0) : (p) == (p0) + (n))

/* The bytes of a Base64 text of len characters. */
#define TEXT_BYTES(len) ((len) / 4 * 3 + (len) % 4 - ((len) % 4 != 0))

/* Any index: what is shown of it is shown of all. */
extern size_t watched_index;
/* Where a label ends. */
extern size_t label_end;
/* Where mote_ct_equal saw a difference. */
extern size_t different_at;

/* In a loop with a contract (loops.toml): p is e; and from here on CBMC knows it, too. */
#define ANCHOR(p, e) (__CPROVER_assert((p) == (e), "anchor"), (p) = (e))

/* Where a length is free, the C library's functions by what C11 section 7.24 says of the memory they touch: CBMC's own take all
 * the memory there is (loops.toml puts these in their place, contracts.h says what they require). */
void *library_memcpy(void *to, const void *from, size_t len);
void *library_memmove(void *to, const void *from, size_t len);
void *library_memset(void *to, int byte, size_t len);

/* At the end of each harness: false where run.py asks whether the end is reached at all. */
#ifdef REACHED
#define END() __CPROVER_assert(0, "reached")
#else
#define END() ((void)0)
#endif

/* Any value of a type: CBMC knows functions of such names. */
size_t nondet_size_t(void);
_Bool nondet_bool(void);
uint8_t nondet_uint8_t(void);
uint32_t nondet_uint32_t(void);
uint64_t nondet_uint64_t(void);

/* Memory of exactly len bytes and any content, an object of its own; or NULL where len is 0. A length that no object can
 * have comes with NULL, which no contract takes for memory. */
static inline void *object(size_t len)
{
    void *p = malloc(len);

    __CPROVER_assume(p != NULL);
    return p;
}

static inline void *buffer(size_t len)
{
    return len > LEN_MAX || (len == 0 && nondet_bool()) ? NULL : object(len);
}

/* Two such stretches, in one of three cases, each of which is a run of its own (run.py):
 *   apart    objects of their own
 *   same     both begin at the same byte
 *   shared   in one object at any distance, overlapping or not; one at its start, for what is before both is nobody's
 *            business. Here lengths end at SHARED_MAX: comparing sums of addresses is slow work for a SAT solver. */
#ifdef CASE_SHORT
#define SHARED_MAX ((size_t)1 << 8)
#else
#define SHARED_MAX ((size_t)1 << 16)
#endif

static inline void place(void **a, size_t a_len, void **b, size_t b_len)
{
#if defined(CASE_APART)
    *a = buffer(a_len);
    *b = buffer(b_len);
#elif defined(CASE_SAME)
    *a = buffer(a_len > b_len ? a_len : b_len);
    *b = *a;
#elif defined(CASE_SHARED)
    const size_t distance = nondet_size_t();

    __CPROVER_assume(a_len <= SHARED_MAX && b_len <= SHARED_MAX && distance <= SHARED_MAX);
    if (nondet_bool()) {
        *a = object(a_len > distance + b_len ? a_len : distance + b_len);
        *b = (uint8_t *)*a + distance;
    } else {
        *b = object(b_len > distance + a_len ? b_len : distance + a_len);
        *a = (uint8_t *)*b + distance;
    }
#else
    __CPROVER_assert(0, "cases");
#endif
}

/* The proof divide_by_3 shows what the library's division does (SOUNDNESS.md says how far). A number of 64 bits divided by 3 is much to ask of a SAT solver, and twice the same is worse. So a harness divides the one
 * length that is divided by 3, by the definition of a quotient, and the copied sources look it up. */
extern size_t dividend, quotient, remainder3;
#define DIV3(n) (__CPROVER_assert((n) == dividend, "dividend"), quotient)
#define MOD3(n) (__CPROVER_assert((n) == dividend, "dividend"), remainder3)

static inline void divide(size_t n)
{
    dividend = n;
    quotient = nondet_size_t();
    remainder3 = nondet_size_t();
    __CPROVER_assume(quotient <= SIZE_MAX / 3 && remainder3 < 3);
    __CPROVER_assume(3 * quotient <= SIZE_MAX - remainder3 && 3 * quotient + remainder3 == n);
}

/* Watch any byte of the output, or one that is not in it. */
static inline void watch(void *p, size_t len)
{
    static uint8_t elsewhere;
    const size_t i = nondet_size_t();

    watched = p != NULL && i < len && len <= LEN_MAX ? (uint8_t *)p + i : &elsewhere;
}

#endif
