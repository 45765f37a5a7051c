/* mote/aes_extern.h - AES by the chip's own unit: the one function that you write, when you set MOTE_AES_EXTERN.
 *
 * Many chips have an AES unit, each with other registers, so mote does not drive it: it calls your function wherever it needs
 * the block cipher, and everything above (CBC, padding, seal and open, IVs from a counter) works on top of that. Which
 * function depends on what your unit can do:
 *
 *   option                          you write                 for
 *   MOTE_AES_EXTERN=1               mote_aes_extern_blocks    a unit that encrypts and decrypts blocks (ECB): also
 *                                                             the ESP32, the AVR XMEGA, and all of the next row
 *   ... and ..._EXTERN_CBC=1        mote_aes_extern_cbc       a unit that does the chaining of CBC too, best by DMA:
 *                                                             STM32 (AES, CRYP), ESP32-S2, -S3 and -C3
 *   ... and ..._EXTERN_ENCRYPT_ONLY mote_aes_extern_blocks    a unit that only encrypts: ECB of the nRF51, nRF52 and nRF53.
 *                                                             CBC decryption is done in software, which the build then has
 *                                                             as well; a context also holds that software's round keys
 *
 * CHECKED BEFORE USE. Each mote_aes128_init first has the unit work with two known keys: those of FIPS 197 appendix C.1 and
 * their complements, two blocks each way. A unit that gets a bit of a key, an input or an output wrong, the order of bytes,
 * or the second block, is found: MOTE_ERR_HARDWARE, and the context is wiped. The check is made every time, since
 * to remember it would take a variable that threads share; it costs four blocks in each direction. A context that was
 * wiped, or whose mote_aes128_init failed, gives MOTE_ERR_HARDWARE and never uses the unit.
 *
 * FAILURE. Return MOTE_OK if the unit has done its work, any other status if it has not (it was busy for too long, it
 * reported an error). The call into mote then returns MOTE_ERR_HARDWARE and leaves no output; a stream is finished. The next
 * call tries the unit again. mote_aes128_encrypt_block and _decrypt_block, which return nothing, and mote_cbc_iv_from_counter
 * give zeros. What the unit silently gets wrong after the check, mote cannot see.
 *
 * WITH AN RTOS, or whatever else shares the unit (a radio, TLS, a boot loader):
 *   - Lock. Take a mutex, or whatever your vendor's driver has for it, inside your function and give it back before you return.
 *     mote holds no lock and keeps no state; threads may use it at the same time, each with its own outputs.
 *   - Load the key in every call. Another task may have used the unit since the last one. Clear it at the end if others
 *     that may not use it can get at the unit.
 *   - Clock and sleep. Have the unit's clock on from before the first register is written until after the last is read, and keep
 *     the chip out of sleep modes that stop it, or wait in one that the unit's interrupt ends.
 *   - Interrupts. mote calls your function in the context of its own caller. If you call mote in an interrupt, your function
 *     must not wait for a mutex there: return a status other than MOTE_OK if the unit is taken.
 *   - Wait no longer than the unit can take, and then fail: else a unit without a clock stops the program.
 *   - DMA. With mote_aes_extern_blocks key and data are in RAM (a stack, a context) and aligned to 4. With mote_aes_extern_cbc out
 *     and in are the pointers that mote's caller gave: any alignment, and in may be constant data in flash, which some units'
 *     DMA cannot read; use a buffer of your own for those (and wipe it with mote_wipe). On a chip with a data cache, clean the
 *     cache over the input before and invalidate it over the output after. The buffers share cache lines with other data, so
 *     where invalidating would lose that, use a buffer of your own that has its lines for itself.
 *
 * Time: the unit's. mote's own part takes no branch and no address that depends on a secret. */
#ifndef MOTE_AES_EXTERN_H
#define MOTE_AES_EXTERN_H

#include <mote/status.h>

#if MOTE_AES_EXTERN

MOTE_BEGIN_DECLS

#if !MOTE_AES_EXTERN_CBC

/* Encrypt (decrypt is 0; FIPS 197 section 5.1) or decrypt (decrypt is 1; section 5.3) blocks blocks of 16 bytes, each by
 * itself, in place. key and data are aligned to 4 bytes (on 8-bit AVR to none). blocks is 1..8 (there 1): CBC encrypts one
 * at a time and decrypts as many at once as there are. decrypt is always 0 with MOTE_AES_EXTERN_ENCRYPT_ONLY. */
mote_status mote_aes_extern_blocks(const uint8_t key[16], uint8_t *data, size_t blocks, int decrypt);

#else

/* Encrypt (decrypt is 0) or decrypt (decrypt is 1) blocks blocks of 16 bytes in CBC (SP 800-38A section 6.2), beginning with
 * this IV, which is not written back. blocks is 1 or more, as many as the caller of mote has. out == in, or the two
 * do not overlap. key and iv are aligned to 4 bytes, out and in to none. */
mote_status mote_aes_extern_cbc(const uint8_t key[16], const uint8_t iv[16], uint8_t *out, const uint8_t *in, size_t blocks,
                                int decrypt);

#endif

MOTE_END_DECLS

#endif

#endif
