typedef int mote_cbc_avr_is_empty;
