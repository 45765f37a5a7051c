/* aes/aes_sbox.h - the AES S-box and its inverse as Boolean circuits (FIPS 197 sections 5.1.1 and 5.3.2).
 *
 * Bitsliced code keeps bit i of many bytes in word q[i]; substituting all of them takes one pass through a circuit of
 * XOR and AND gates, with no table and so no secret address. The file that includes this one defines mote_aes_word,
 * the unsigned type of those words, before.
 *
 * Each circuit is a linear map into the tower field GF(((2^2)^2)^2), the inversion there, and a linear map back, which
 * takes in the affine map's matrix (forward, behind; inverse, in front). The inversion is that of Boyar and Peralta ("A
 * new combinational logic minimization technique", ePrint 2009/191): 62 gates from 22 linear combinations to 18 products.
 * It stays an inversion if its input is any c x^(2^k), c not 0, and the way out undoes that: 2040 pairs of linear maps for
 * each direction. Their best pairs were searched for with the same authors' heuristic, the ways out in transposed form,
 * and need 48 XORs: 110 gates for the S-box (their own pair: 113) and 110 for its inverse (121). The gates stand in an
 * order, also found by search, that keeps few values alive.
 *
 * The constant 0x63 of the affine map is not here: it is the same in every byte, so ShiftRows and MixColumns leave it
 * as it is, and the key setup XORs it into round keys 1 to 10 instead. Decryption meets those before its S-box, too. */
#ifndef MOTE_AES_SBOX_H
#define MOTE_AES_SBOX_H

#define MOTE_AES_SBOX_CONSTANT 0x63

/* SubBytes without the constant: S(x) ^ 0x63. */
static inline void mote_aes_sub_bytes(mote_aes_word q[8])
{
    const mote_aes_word x0 = q[0], x1 = q[1], x2 = q[2], x3 = q[3], x4 = q[4], x5 = q[5], x6 = q[6], x7 = q[7];
    const mote_aes_word t0 = x0 ^ x6, t1 = x2 ^ t0, t2 = x3 ^ t1, t3 = t2 ^ x7, t4 = x4 ^ t0, t5 = t2 ^ t4;
    const mote_aes_word t6 = t5 ^ x5, t7 = t6 ^ t0, t8 = t0 & t7, t9 = t7 ^ x7, t10 = x0 ^ t9, t11 = t1 ^ t10;
    const mote_aes_word t12 = t11 & t3, t13 = x2 ^ t11, t14 = t5 ^ t13, t15 = x2 ^ t14, t16 = t4 ^ t12;
    const mote_aes_word t17 = t5 & t2, t18 = t15 & x7, t19 = t17 ^ t18, t20 = t16 ^ t17, t21 = x7 ^ t15;
    const mote_aes_word t22 = x1 ^ t21, t23 = t22 ^ t9, t24 = t2 ^ t23, t25 = t13 & t24, t26 = t1 & t22;
    const mote_aes_word t27 = t25 ^ t8, t28 = t14 & t23, t29 = t28 ^ t27, t30 = t21 ^ t19, t31 = t26 ^ t6;
    const mote_aes_word t32 = t20 ^ t27, t33 = t22 ^ t3, t34 = t33 ^ t28, t35 = t10 & t33, t36 = t1 ^ t14;
    const mote_aes_word t37 = t35 ^ t8, t38 = t34 ^ t37, t39 = t10 ^ t38, t40 = t30 ^ t37, t41 = t31 ^ t29;
    const mote_aes_word t42 = t41 & t32, t43 = t32 ^ t40, t44 = t36 & t9, t45 = t39 ^ t44, t46 = t45 ^ t42;
    const mote_aes_word t47 = t40 ^ t42, t48 = t41 ^ t45, t49 = t46 & t43, t50 = t48 & t47, t51 = t50 ^ t45;
    const mote_aes_word t52 = t49 ^ t40, t53 = t47 ^ t52, t54 = t40 & t53, t55 = t47 ^ t54, t56 = t54 ^ t52;
    const mote_aes_word t57 = t52 & t36, t58 = t56 ^ t32, t59 = t52 ^ t58, t60 = t59 & t23, t61 = t58 & t22;
    const mote_aes_word t62 = t52 & t9, t63 = t51 ^ t52, t64 = t59 & t14, t65 = t51 & t55, t66 = t48 ^ t65;
    const mote_aes_word t67 = t66 & t3, t68 = t51 ^ t66, t69 = t66 ^ t58, t70 = t64 ^ t57, t71 = t66 & t11;
    const mote_aes_word t72 = t61 ^ t67, t73 = t69 & t10, t74 = t58 & t1, t75 = t62 ^ t72, t76 = t60 ^ t72;
    const mote_aes_word t77 = t64 ^ t74, t78 = t63 & t0, t79 = t63 ^ t69, t80 = t79 & t13, t81 = t79 & t24;
    const mote_aes_word t82 = t80 ^ t78, t83 = t77 ^ t82, t84 = t82 ^ t71, t85 = t81 ^ t67, t86 = t73 ^ t78;
    const mote_aes_word t87 = t63 & t7, t88 = t68 & t2, t89 = t69 & t33, t90 = t87 ^ t76, t91 = t88 ^ t76;
    const mote_aes_word t92 = t51 & x7, t93 = t68 & t5, t94 = t84 ^ t93, t95 = t75 ^ t92, t96 = t83 ^ t95;
    const mote_aes_word t97 = t89 ^ t92, t98 = t90 ^ t70, t99 = t98 ^ t85, t100 = t99 ^ t86, t101 = t51 & t15;
    const mote_aes_word t102 = t97 ^ t90, t103 = t101 ^ t99, t104 = t85 ^ t97, t105 = t91 ^ t94, t106 = t103 ^ t93;
    const mote_aes_word t107 = t102 ^ t94, t108 = t105 ^ t95, t109 = t100 ^ t108;
    q[0] = t108;
    q[1] = t91;
    q[2] = t104;
    q[3] = t106;
    q[4] = t107;
    q[5] = t94;
    q[6] = t96;
    q[7] = t109;
}

/* InvSubBytes of bytes that have the constant XORed in already: S^-1(x ^ 0x63). */
static inline void mote_aes_inv_sub_bytes(mote_aes_word q[8])
{
    const mote_aes_word x0 = q[0], x1 = q[1], x2 = q[2], x3 = q[3], x4 = q[4], x5 = q[5], x6 = q[6], x7 = q[7];
    const mote_aes_word t0 = x5 ^ x6, t1 = x1 ^ x5, t2 = x1 ^ x7, t3 = x3 ^ t2, t4 = t1 ^ t3, t5 = x2 ^ t0;
    const mote_aes_word t6 = x3 ^ t5, t7 = t1 ^ t6, t8 = x4 ^ t7, t9 = t0 ^ t3, t10 = t9 & t3, t11 = t8 ^ t4;
    const mote_aes_word t12 = t0 ^ t10, t13 = t11 & t4, t14 = t13 ^ t8, t15 = t12 ^ t13, t16 = t9 ^ t11;
    const mote_aes_word t17 = x0 ^ t4, t18 = x5 ^ t11, t19 = t16 & t1, t20 = t5 ^ t4, t21 = x5 & t5, t22 = t17 & t6;
    const mote_aes_word t23 = t16 ^ t17, t24 = t14 ^ t19, t25 = t23 ^ t18, t26 = t22 ^ t25, t27 = t25 & t2;
    const mote_aes_word t28 = x5 ^ t17, t29 = t21 ^ t26, t30 = t23 & t7, t31 = t18 & t20, t32 = t31 ^ t27;
    const mote_aes_word t33 = t29 ^ t32, t34 = t30 ^ t27, t35 = t24 ^ t32, t36 = t33 ^ t2, t37 = t28 & x3;
    const mote_aes_word t38 = t34 ^ t37, t39 = t38 ^ t21, t40 = t15 ^ t34, t41 = t36 & t35, t42 = t35 ^ t40;
    const mote_aes_word t43 = t39 ^ t23, t44 = t43 ^ t7, t45 = t44 ^ t41, t46 = t45 & t42, t47 = t36 ^ t44;
    const mote_aes_word t48 = t40 ^ t41, t49 = t46 ^ t40, t50 = t48 ^ t49, t51 = t40 & t50, t52 = t48 ^ t51;
    const mote_aes_word t53 = t35 ^ t49, t54 = t47 & t48, t55 = t54 ^ t44, t56 = t55 & t52, t57 = t47 ^ t56;
    const mote_aes_word t58 = t53 ^ t51, t59 = t49 & t28, t60 = t55 ^ t49, t61 = t57 ^ t58, t62 = t60 ^ t61;
    const mote_aes_word t63 = t60 & t25, t64 = t61 & t7, t65 = t62 & t20, t66 = t65 ^ t64, t67 = t62 & t18;
    const mote_aes_word t68 = t61 & t23, t69 = t60 & t2, t70 = t65 ^ t69, t71 = t68 ^ t59, t72 = t55 & t9;
    const mote_aes_word t73 = t55 ^ t57, t74 = t73 & t11, t75 = t58 & t17, t76 = t67 ^ t75, t77 = t72 ^ t59;
    const mote_aes_word t78 = t77 ^ t74, t79 = t77 ^ t75, t80 = t63 ^ t76, t81 = t71 ^ t76, t82 = t73 & t4;
    const mote_aes_word t83 = t55 & t3, t84 = t57 & t1, t85 = t83 ^ t84, t86 = t82 ^ t84, t87 = t57 & t16;
    const mote_aes_word t88 = t79 ^ t87, t89 = t49 & x3, t90 = t58 & t6, t91 = t89 ^ t85, t92 = t85 ^ t66;
    const mote_aes_word t93 = t86 ^ t81, t94 = t49 ^ t58, t95 = t70 ^ t86, t96 = t94 & x5, t97 = t96 ^ t95;
    const mote_aes_word t98 = t78 ^ t80, t99 = t94 & t5, t100 = t90 ^ t91, t101 = t93 ^ t91, t102 = t100 ^ t98;
    const mote_aes_word t103 = t97 ^ t80, t104 = t100 ^ t81, t105 = t104 ^ t103, t106 = t105 ^ t88;
    const mote_aes_word t107 = t92 ^ t105, t108 = t101 ^ t99, t109 = t108 ^ t98;
    q[0] = t103;
    q[1] = t107;
    q[2] = t88;
    q[3] = t109;
    q[4] = t108;
    q[5] = t106;
    q[6] = t95;
    q[7] = t102;
}

#endif
