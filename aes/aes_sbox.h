/* aes/aes_sbox.h - the AES S-box and its inverse as Boolean circuits (FIPS 197 sections 5.1.1 and 5.3.2).
 *
 * Bitsliced code keeps bit i of many bytes in word q[i]; substituting all of them takes one pass through a circuit of
 * XOR and AND gates, with no table and so no secret address. The file that includes this one defines mote_aes_word,
 * the unsigned type of those words, before.
 *
 * The circuits are those of Boyar and Peralta ("A small depth-16 circuit for the AES S-box", ePrint 2011/332, and
 * "A new combinational logic minimization technique", ePrint 2009/191): linear maps around one inversion in GF(2^8),
 * done in the tower GF(((2^2)^2)^2). Both directions have the inversion in common.
 *
 * The constant 0x63 of the affine map is not here: it is the same in every byte, so ShiftRows and MixColumns leave it
 * as it is, and the key setup XORs it into round keys 1 to 10 instead. Decryption meets those before its S-box, too. */
#ifndef MOTE_AES_SBOX_H
#define MOTE_AES_SBOX_H

#define MOTE_AES_SBOX_CONSTANT 0x63

/* SubBytes without the constant: S(x) ^ 0x63. */
static inline void mote_aes_sub_bytes(mote_aes_word q[8])
{
    const mote_aes_word x0 = q[7], x1 = q[6], x2 = q[5], x3 = q[4], x4 = q[3], x5 = q[2], x6 = q[1], x7 = q[0];

    /* Linear: into the tower field. */
    const mote_aes_word y14 = x3 ^ x5, y13 = x0 ^ x6, y9 = x0 ^ x3, y8 = x0 ^ x5, t0 = x1 ^ x2;
    const mote_aes_word y1 = t0 ^ x7, y4 = y1 ^ x3, y12 = y13 ^ y14, y2 = y1 ^ x0, y5 = y1 ^ x6, y3 = y5 ^ y8;
    const mote_aes_word t1 = x4 ^ y12, y15 = t1 ^ x5, y20 = t1 ^ x1, y6 = y15 ^ x7, y10 = y15 ^ t0, y11 = y20 ^ y9;
    const mote_aes_word y7 = x7 ^ y11, y17 = y10 ^ y11, y19 = y10 ^ y8, y16 = t0 ^ y11, y21 = y13 ^ y16, y18 = x0 ^ y16;

    /* Inversion. */
    const mote_aes_word t2 = y12 & y15, t3 = y3 & y6, t4 = t3 ^ t2, t5 = y4 & x7, t6 = t5 ^ t2, t7 = y13 & y16;
    const mote_aes_word t8 = y5 & y1, t9 = t8 ^ t7, t10 = y2 & y7, t11 = t10 ^ t7, t12 = y9 & y11, t13 = y14 & y17;
    const mote_aes_word t14 = t13 ^ t12, t15 = y8 & y10, t16 = t15 ^ t12, t17 = t4 ^ t14, t18 = t6 ^ t16;
    const mote_aes_word t19 = t9 ^ t14, t20 = t11 ^ t16, t21 = t17 ^ y20, t22 = t18 ^ y19, t23 = t19 ^ y21, t24 = t20 ^ y18;
    const mote_aes_word t25 = t21 ^ t22, t26 = t21 & t23, t27 = t24 ^ t26, t28 = t25 & t27, t29 = t28 ^ t22;
    const mote_aes_word t30 = t23 ^ t24, t31 = t22 ^ t26, t32 = t31 & t30, t33 = t32 ^ t24, t34 = t23 ^ t33;
    const mote_aes_word t35 = t27 ^ t33, t36 = t24 & t35, t37 = t36 ^ t34, t38 = t27 ^ t36, t39 = t29 & t38, t40 = t25 ^ t39;
    const mote_aes_word t41 = t40 ^ t37, t42 = t29 ^ t33, t43 = t29 ^ t40, t44 = t33 ^ t37, t45 = t42 ^ t41;
    const mote_aes_word z0 = t44 & y15, z1 = t37 & y6, z2 = t33 & x7, z3 = t43 & y16, z4 = t40 & y1, z5 = t29 & y7;
    const mote_aes_word z6 = t42 & y11, z7 = t45 & y17, z8 = t41 & y10, z9 = t44 & y12, z10 = t37 & y3, z11 = t33 & y4;
    const mote_aes_word z12 = t43 & y13, z13 = t40 & y5, z14 = t29 & y2, z15 = t42 & y9, z16 = t45 & y14, z17 = t41 & y8;

    /* Linear: back, and the matrix of the affine map. */
    const mote_aes_word t46 = z15 ^ z16, t47 = z10 ^ z11, t48 = z5 ^ z13, t49 = z9 ^ z10, t50 = z2 ^ z12, t51 = z2 ^ z5;
    const mote_aes_word t52 = z7 ^ z8, t53 = z0 ^ z3, t54 = z6 ^ z7, t55 = z16 ^ z17, t56 = z12 ^ t48, t57 = t50 ^ t53;
    const mote_aes_word t58 = z4 ^ t46, t59 = z3 ^ t54, t60 = t46 ^ t57, t61 = z14 ^ t57, t62 = t52 ^ t58, t63 = t49 ^ t58;
    const mote_aes_word t64 = z4 ^ t59, t65 = t61 ^ t62, t66 = z1 ^ t63, t67 = t64 ^ t65, s3 = t53 ^ t66;

    q[7] = t59 ^ t63;
    q[6] = t64 ^ s3;
    q[5] = t55 ^ t67;
    q[4] = s3;
    q[3] = t51 ^ t66;
    q[2] = t47 ^ t65;
    q[1] = t56 ^ t62;
    q[0] = t48 ^ t60;
}

/* InvSubBytes of bytes that have the constant XORed in already: S^-1(x ^ 0x63). */
static inline void mote_aes_inv_sub_bytes(mote_aes_word q[8])
{
    const mote_aes_word u0 = q[7], u1 = q[6], u2 = q[5], u3 = q[4], u4 = q[3], u5 = q[2], u6 = q[1], u7 = q[0];

    /* Linear: the inverse of the affine map's matrix, and into the tower field. */
    const mote_aes_word t23 = u0 ^ u3, t22 = u1 ^ u3, t2 = u0 ^ u1, t1 = u3 ^ u4, t24 = u4 ^ u7, r5 = u6 ^ u7;
    const mote_aes_word t8 = u1 ^ t23, t19 = t22 ^ r5, t9 = u7 ^ t1, t10 = t2 ^ t24, t13 = t2 ^ r5, t3 = t1 ^ r5;
    const mote_aes_word t25 = u2 ^ t1, r13 = u1 ^ u6, t17 = u2 ^ t19, t20 = t24 ^ r13, t4 = u4 ^ t8, r17 = u2 ^ u5;
    const mote_aes_word r18 = u5 ^ u6, r19 = u2 ^ u4, y5 = u0 ^ r17, t6 = t22 ^ r17, t16 = r13 ^ r19, t27 = t1 ^ r18;
    const mote_aes_word t15 = t10 ^ t27, t14 = t10 ^ r18, t26 = t3 ^ t16;

    /* Inversion. */
    const mote_aes_word m1 = t13 & t6, m2 = t23 & t8, m3 = t14 ^ m1, m4 = t19 & y5, m5 = m4 ^ m1, m6 = t3 & t16;
    const mote_aes_word m7 = t22 & t9, m8 = t26 ^ m6, m9 = t20 & t17, m10 = m9 ^ m6, m11 = t1 & t15, m12 = t4 & t27;
    const mote_aes_word m13 = m12 ^ m11, m14 = t2 & t10, m15 = m14 ^ m11, m16 = m3 ^ m2, m17 = m5 ^ t24, m18 = m8 ^ m7;
    const mote_aes_word m19 = m10 ^ m15, m20 = m16 ^ m13, m21 = m17 ^ m15, m22 = m18 ^ m13, m23 = m19 ^ t25;
    const mote_aes_word m24 = m22 ^ m23, m25 = m22 & m20, m26 = m21 ^ m25, m27 = m20 ^ m21, m28 = m23 ^ m25;
    const mote_aes_word m29 = m28 & m27, m30 = m26 & m24, m31 = m20 & m23, m32 = m27 & m31, m33 = m27 ^ m25;
    const mote_aes_word m34 = m21 & m22, m35 = m24 & m34, m36 = m24 ^ m25, m37 = m21 ^ m29, m38 = m32 ^ m33;
    const mote_aes_word m39 = m23 ^ m30, m40 = m35 ^ m36, m41 = m38 ^ m40, m42 = m37 ^ m39, m43 = m37 ^ m38;
    const mote_aes_word m44 = m39 ^ m40, m45 = m42 ^ m41, m46 = m44 & t6, m47 = m40 & t8, m48 = m39 & y5, m49 = m43 & t16;
    const mote_aes_word m50 = m38 & t9, m51 = m37 & t17, m52 = m42 & t15, m53 = m45 & t27, m54 = m41 & t10, m55 = m44 & t13;
    const mote_aes_word m56 = m40 & t23, m57 = m39 & t19, m58 = m43 & t3, m59 = m38 & t22, m60 = m37 & t20, m61 = m42 & t1;
    const mote_aes_word m62 = m45 & t4, m63 = m41 & t2;

    /* Linear: back. */
    const mote_aes_word p0 = m52 ^ m61, p1 = m58 ^ m59, p2 = m54 ^ m62, p3 = m47 ^ m50, p4 = m48 ^ m56, p5 = m46 ^ m51;
    const mote_aes_word p6 = m49 ^ m60, p7 = p0 ^ p1, p8 = m50 ^ m53, p9 = m55 ^ m63, p10 = m57 ^ p4, p11 = p0 ^ p3;
    const mote_aes_word p12 = m46 ^ m48, p13 = m49 ^ m51, p14 = m49 ^ m62, p15 = m54 ^ m59, p16 = m57 ^ m61;
    const mote_aes_word p17 = m58 ^ p2, p18 = m63 ^ p5, p19 = p2 ^ p3, p20 = p4 ^ p6, p22 = p2 ^ p7, p23 = p7 ^ p8;
    const mote_aes_word p24 = p5 ^ p7, p25 = p6 ^ p10, p26 = p9 ^ p11, p27 = p10 ^ p18, p28 = p11 ^ p25, p29 = p15 ^ p20;

    q[7] = p13 ^ p22;
    q[6] = p26 ^ p29;
    q[5] = p17 ^ p28;
    q[4] = p12 ^ p22;
    q[3] = p23 ^ p27;
    q[2] = p19 ^ p24;
    q[1] = p14 ^ p23;
    q[0] = p9 ^ p16;
}

#endif
