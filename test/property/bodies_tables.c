/* SPDX-License-Identifier: MIT */
/* The nasty table of test_accept. */
#include "property/bodies.h"

static const char head[] = "provider nasty\n"
                           "service nasty What is hard for the accepter\n"
                           "source t the tests\n"
                           "class letter [A-Za-z]\n"
                           "class digit [0-9]\n"
                           "class latin [A-Za-z]\n"
                           "class han [{letter}\\p{Han}]\n"
                           "class printed [\\S ]\n"
                           "errors\n"
                           "  request * 400 N.0400 \"Wrong {field}\" @t\n"
                           "codes\n"
                           "  N.0400 400 \"Wrong\" @t\n"
                           "  N.0404 404,410 \"Gone\" @t\n"
                           "answer error\n"
                           "  code code @t\n"
                           "object error\n"
                           "  code string mandatory length 1..20 error-code @t\n"
                           "  coded string optional pattern ^N\\.[0-9]{4}$ error-code @t\n"
                           "  text string optional @t\n";

static const char strings[] =
    "object strings\n"
    "  free string optional @t\n"
    "  one string optional length 1 @t\n"
    "  none string optional length 0 @t\n"
    "  few string optional length 3..64 @t\n"
    "  some string optional length 8..9 @t\n"
    "  long string optional length 900..5000 @t\n"
    "  least string optional length 2.. @t\n"
    "  vast string optional length ..99999999999 @t\n"
    "  letters string optional charset {letter} @t\n"
    "  key string optional length 3..64 start {letter} charset {letter}{digit}_ @t\n"
    "  word string optional length ..200 charset {letter}{digit}_-!@#$% @t\n"
    "  started string optional start {digit} @t\n"
    "  lettered string optional start {letter} @t\n"
    "  hanging string optional start {letter} charset {han} @t\n"
    "  same string optional enum aaaaaaaaaa | bbbbbbbb | cccccccccccccccc @t\n"
    "  han string optional length 1..70 charset {han} @t\n"
    "  hans string optional length ..40 start {han} charset [{han}{digit}] @t\n"
    "  printed string optional length 1..64 charset {printed} @t\n"
    "  others string optional charset [^a-f] @t\n"
    "  stars string optional length ..9 charset [a-z*] masked @t\n"
    "  veil string optional length 3..5 masked @t\n"
    "  mask string optional length 8..20 start {latin} charset {latin}{digit} masked @t\n"
    "  masks string optional masked enum abc | a*c @t\n"
    "  two string optional enum on | off @t\n"
    "  near string optional enum samehead1sametai | samehead2sametai | samehead | sametail | sameheadsametail @t\n"
    "  many string optional enum a | ab | abc | abcd | abcde | abcdef | abcdefg | abcdefgh | abcdefghi | abcdefghij | "
    "abcdefghijk | abcdefghijkl | abcdefghijklm | abcdefghijklmn | abcdefghijklmno | abcdefghijklmnop @t\n"
    "  more string optional enum a | b | c | d | e | f | g | h | i | j | k | l | m | n | o | p | q @t\n"
    "  wide string optional enum abcdefghijklmnopq | abcdefgh @t\n"
    "  empty string optional enum \"\" | x @t\n"
    "  quoted string optional enum \"a\\\"b\" | \"a\\\\b\" | \"a b\" @t\n"
    "  chinese string optional enum \xe6\x9d\x8e | a @t\n"
    "  listed string optional length 2..3 enum a | ab | abc | abcd @t\n"
    "  classed string optional charset [a-c] enum a | d @t\n"
    "  hex string optional length 2..70 format hex @t\n"
    "  uuid string optional format uuid @t\n"
    "  media string optional format media-type @t\n"
    "  time string optional format date-time @t\n"
    "  brief string optional format date-time fraction ..3 @t\n"
    "  exact string optional format date-time fraction ..0 @t\n"
    "  local string optional format date-time zone-optional fraction ..9 @t\n"
    "  sized string optional length 20..24 format date-time @t\n"
    "  dated string optional charset [0-9TZ:.+-] format date-time @t\n"
    "  pattern string optional pattern ^[a-z]+\\.[0-9]{2}$ @t\n"
    "  slow string optional pattern /(a+)+b/ @t\n"
    "  maybe string optional nullable length 2..3 @t\n"
    "  soft string optional length 2..3 start {letter} charset {letter}{digit} warn @t\n"
    "  secret string optional length 2..30 charset {letter} secret @t\n"
    "  warned string optional length 2..5 enum ab | abc warn enum @t\n";

static const char numbers[] =
    "object numbers\n"
    "  i integer optional @t\n"
    "  l long optional @t\n"
    "  n number optional @t\n"
    "  small integer optional range 0..9 @t\n"
    "  below integer optional range -20..-3 @t\n"
    "  zero integer optional range 0..0 @t\n"
    "  seven integer optional range -9999999..9999999 @t\n"
    "  eight integer optional range 9999999..99999999 @t\n"
    "  nine long optional range -999999999..100000000 @t\n"
    "  from integer optional range 100.. @t\n"
    "  to long optional range ..-100 @t\n"
    "  huge long optional range 4294967296..9007199254740993 @t\n"
    "  huger long optional range 99999999999.. @t\n"
    "  low long optional range ..-99999999999 @t\n"
    "  level number optional range -100..100 @t\n"
    "  ratio number optional range -1.5..1e3 @t\n"
    "  large number optional range 1e999999999..1e1000000001 @t\n"
    "  listed integer optional enum 5 | 10 | -1 | 0 @t\n"
    "  list long optional enum 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 1234567 @t\n"
    "  lists integer optional enum 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16 | 17 @t\n"
    "  listbig long optional enum 12345678 | 99999999 | 4294967297 | 1 @t\n"
    "  both integer optional range 2..3 enum 1 | 2 | 3 | 4 @t\n"
    "  stamp long optional format epoch-ms @t\n"
    "  since long optional range 1500000000000.. format epoch-ms @t\n"
    "  maybe integer optional nullable range 1..7 @t\n"
    "  soft integer optional range 1..7 warn @t\n"
    "  flag boolean optional @t\n"
    "  flags boolean optional nullable @t\n";

static const char shapes[] = "object leaf\n"
                             "  name string mandatory length 1..20 @t\n"
                             "  size integer optional @t\n"
                             "object tree\n"
                             "  kids array of object tree optional @t\n"
                             "  note string optional length ..3 @t\n"
                             "  byname map of object tree optional @t\n"
                             "object none\n"
                             "object open unknown ignore\n"
                             "  a integer optional @t\n"
                             "object wary unknown warning\n"
                             "  a integer optional @t\n"
                             "object shapes\n"
                             "  leaf object leaf mandatory @t\n"
                             "  leaves array of object leaf optional items ..5 @t\n"
                             "  tree object tree optional @t\n"
                             "  open object open optional @t\n"
                             "  wary object wary optional @t\n"
                             "  texts array of string optional length ..20 @t\n"
                             "  signs array of string optional charset [ -~] @t\n"
                             "  dates array of string optional format date-time @t\n"
                             "  words array of string optional items 1..3 length 1..5 includes a @t\n"
                             "  nulls array of string optional nullable includes ul @t\n"
                             "  set array of string optional enum a | b | cc includes b @t\n"
                             "  ints array of integer optional items ..4 range 1..20 @t\n"
                             "  flags array of boolean optional @t\n"
                             "  grid array of array of number optional items 1.. @t\n"
                             "  map map of string optional items 1..4 length 1..3 @t\n"
                             "  maps map of map of integer optional @t\n"
                             "  when map of string optional format date-time @t\n"
                             "  any any optional @t\n"
                             "  anys array of any optional @t\n"
                             "  maybe object leaf optional nullable @t\n"
                             "  list array of object leaf optional nullable @t\n";

static const char special_names[] = "object special\n"
                                    "  \"\" string optional length ..9 @t\n"
                                    "  \" \" integer optional @t\n"
                                    "  \"a b\" boolean optional @t\n"
                                    "  \"q\\\"uote\" string optional length ..9 @t\n"
                                    "  \"back\\\\slash\" string optional length ..9 @t\n"
                                    "  \"\\\\\" integer optional @t\n"
                                    "  a/b~c string optional length ..9 @t\n"
                                    "  \xe5\x90\x8d\xe5\xad\x97 string optional length ..9 @t\n"
                                    "  caf\xc3\xa9 integer optional @t\n"
                                    "  \xf0\x9f\x98\x80 string optional length ..9 @t\n"
                                    "  Name string optional length ..9 @t\n"
                                    "  name string optional length ..9 @t\n"
                                    "  names string optional length ..9 @t\n"
                                    "  nam integer optional @t\n";

static const char operations[] = "operation Strings PUT /strings @t\n"
                                 "  request object strings\n"
                                 "  response 200 array of object strings\n"
                                 "operation Numbers PUT /numbers @t\n"
                                 "  request object numbers\n"
                                 "  response 200 array of object numbers\n"
                                 "operation Shapes PUT /shapes @t\n"
                                 "  request object shapes\n"
                                 "  response 200 object shapes\n"
                                 "  response 201 map of object tree items ..3\n"
                                 "  response 202 array of array of array of integer\n"
                                 "  response 203 object none\n"
                                 "operation Names PUT /names @t\n"
                                 "  request object names\n"
                                 "  response 200 object special\n"
                                 "operation Wide PUT /wide @t\n"
                                 "  request object wide63\n"
                                 "  response 200 object wide64\n"
                                 "  response 201 object wide65\n"
                                 "  response 202 object wide200\n"
                                 "operation Scalars PUT /scalars @t\n"
                                 "  request string length 2..9\n"
                                 "  response 200 integer\n"
                                 "  response 201 any\n"
                                 "  response 202 map of string length ..40 charset [{letter}{digit}]\n"
                                 "  response 204 array of string length ..12 items ..9\n"
                                 "  response 203 array of string enum red | green | blue\n";

static void write_wide(blob *out, unsigned count) {
  static const char *const types[] = { "string optional length ..4", "integer optional", "string mandatory charset {letter}",
                                       "boolean optional" };
  blob_print(out, "object wide%u\n", count);
  for (unsigned i = 0; i < count; i++) {
    blob_print(out, "  m%u %s @t\n", i, types[i % LENGTH(types)]);
  }
}

static void write_name(blob *out, char middle, size_t size) {
  blob_print(out, "  ");
  for (size_t i = 0; i < size; i++) {
    char c = i < 8 ? "samehead"[i] : i + 8 >= size ? "sametail"[i + 8 - size] : middle;
    blob_add(out, &c, 1);
  }
  blob_print(out, " %s @t\n", size % 3 ? "string optional length ..9" : "integer optional");
}

/* Of every size up to 40 bytes, the longer ones twice with only the middle different: 64 rows. */
static void write_names(blob *out) {
  enum { SIZE_MAX_OF_NAMES = 40, BOTH_ENDS = 16 };
  blob_print(out, "object names\n");
  for (size_t size = 1; size <= SIZE_MAX_OF_NAMES; size++) {
    write_name(out, 'a', size);
    if (size > BOTH_ENDS) {
      write_name(out, 'b', size);
    }
  }
}

void write_nasty_rules(blob *out) {
  static const unsigned widths[] = { 63, 64, 65, 200 };
  blob_print(out, "%s%s%s%s%s", head, strings, numbers, shapes, special_names);
  write_names(out);
  for (size_t i = 0; i < LENGTH(widths); i++) {
    write_wide(out, widths[i]);
  }
  blob_print(out, "%s", operations);
}
