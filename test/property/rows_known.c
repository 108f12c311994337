/* SPDX-License-Identifier: MIT */
/* What the documents say, by hand: nothing here is taken from the rule tables. Source: the reference notes made from the seeds. */
#include "property/rows.h"

#include <stdio.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

#define INVALID_VALUE "Invalid parameter value,parameterName:{field}. Please refer to the support documentation"

static const known_error errors[] = {
  { "apig", false, ANY, NULL, RULE_BODY_SIZE, 413, "APIG.0201", "Request entity too large." },
  { "apig", false, BDC_IN_HEADER, "X-Auth-Token", BDC_RULE_MANDATORY, 401, "APIG.1000",
    "Token missing. Log in again or try again later." },
  { "apig", false, BDC_IN_HEADER, "X-Auth-Token", ANY, 401, "APIG.1002", "Incorrect token or token resolution failed" },
  { "apig", false, BDC_IN_PATH, NULL, ANY, 400, "APIG.2012", INVALID_VALUE },
  { "apig", false, BDC_IN_BODY, NULL, RULE_BODY_MISSING, 400, "APIG.2000", "Parameter error." },
  { "apig", false, BDC_IN_BODY, NULL, BDC_RULE_SYNTAX, 400, "APIG.2000", "Parameter error." },
  { "apig", false, BDC_IN_BODY, NULL, BDC_RULE_ENCODING, 400, "APIG.2000", "Parameter error." },
  { "apig", false, BDC_IN_BODY, NULL, BDC_RULE_DUPLICATE, 400, "APIG.2000", "Parameter error." },
  { "apig", false, BDC_IN_BODY, NULL, BDC_RULE_LIMIT, 400, "APIG.2000", "Parameter error." },
  { "apig", false, BDC_IN_BODY, NULL, BDC_RULE_MANDATORY, 400, "APIG.2001",
    "The request parameters must be specified,parameterName:{field}. Please refer to the support documentation" },
  { "apig", false, BDC_IN_HEADER, NULL, BDC_RULE_MANDATORY, 400, "APIG.2001",
    "The request parameters must be specified,parameterName:{field}. Please refer to the support documentation" },
  { "apig", false, BDC_IN_BODY, NULL, BDC_RULE_LENGTH_MIN, 400, "APIG.2005",
    "The parameter is too short,parameterName:{field}. Please refer to the support documentation" },
  { "apig", false, BDC_IN_BODY, NULL, BDC_RULE_LENGTH_MAX, 400, "APIG.2006",
    "The parameter is too long,parameterName:{field}. Please refer to the support documentation" },
  { "apig", false, BDC_IN_BODY, NULL, BDC_RULE_ENUM, 400, "APIG.2004",
    "The parameter value is outside the allowable range,parameterName:{field}. Please refer to the support documentation" },
  { "apig", false, BDC_IN_BODY, NULL, ANY, 400, "APIG.2012", INVALID_VALUE },
  { "apig", false, BDC_IN_HEADER, NULL, ANY, 400, "APIG.2012", INVALID_VALUE },
  { "apig", false, BDC_IN_QUERY, NULL, ANY, 400, "APIG.2012", INVALID_VALUE },
  { "apig", true, ANY, NULL, ANY, 500, "APIG.9999", "System error" },

  { "roma", false, ANY, NULL, RULE_BODY_SIZE, 413, "APIC.0201", "Request entity too large." },
  { "roma", false, BDC_IN_HEADER, "X-Auth-Token", BDC_RULE_MANDATORY, 400, "ROMA.1000", "No token is available in the request." },
  { "roma", false, BDC_IN_HEADER, "X-Auth-Token", ANY, 400, "ROMA.1002", "Incorrect token in the request." },
  { "roma", false, BDC_IN_PATH, NULL, ANY, 400, "ROMA.1007", "Invalid request URL." },
  { "roma", false, BDC_IN_BODY, NULL, RULE_BODY_MISSING, 400, "ROMA.13001", "No request body is available." },
  { "roma", false, ANY, NULL, ANY, 400, "ROMA.13000", "Invalid parameters." },
  { "roma", true, ANY, NULL, ANY, 500, "ROMA.00011000", "System error" },

  { "dataarts", false, BDC_IN_HEADER, "X-Auth-Token", ANY, 400, "DLM.4211", "Token invalid" },
  { "dataarts", false, BDC_IN_HEADER, NULL, BDC_RULE_MANDATORY, 400, "DLM.4312", "Missing parameters: {field}" },
  { "dataarts", false, BDC_IN_PATH, NULL, BDC_RULE_MANDATORY, 400, "DLM.4312", "Missing parameters: {field}" },
  { "dataarts", false, ANY, NULL, ANY, 400, "DLS.1000", "process failed" },

  { "workspace", false, BDC_IN_HEADER, "Content-Type", BDC_RULE_MEDIA_TYPE, 415, "WKS.00000415",
    "The server does not support the media type of the request payload." },
  { "workspace", false, BDC_IN_BODY, NULL, RULE_BODY_MISSING, 400, "WKS.0001", "The request message input by the interface is empty." },
  { "workspace", false, ANY, NULL, ANY, 400, "WKS.00149901", "The request message is invalid." },
  { "workspace", true, ANY, NULL, ANY, 500, "WKS.00211401", "The requested operation failed. Please try again later." },
};

static bool is_text(bdc_str text, const char *other) {
  return text.size == strlen(other) && (text.size == 0 || memcmp(text.data, other, text.size) == 0);
}

static bool rule_fits(int known, int rule) {
  if (rule == RULE_BODY_MISSING) {
    return known == rule || known == BDC_RULE_MANDATORY || known == ANY;
  }
  if (rule == RULE_BODY_SIZE) {
    return known == rule || known == BDC_RULE_LIMIT || known == ANY;
  }
  return known == rule || known == ANY;
}

const known_error *known_error_of(bdc_str service, bool response, bdc_place place, bdc_str field, int rule) {
  for (size_t i = 0; i < LENGTH(errors); i++) {
    const known_error *e = &errors[i];
    if (is_text(service, e->service) && e->response == response && (e->place == ANY || e->place == (int)place) &&
        (!e->field || is_text(field, e->field)) && rule_fits(e->rule, rule)) {
      return e;
    }
  }
  return NULL;
}

/* ---- classes ---- */

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#define DIGITS "0123456789"

static const known_class classes[] = {
  { "{letter}", LETTERS, false },
  { "{letter}{digit}", LETTERS DIGITS, false },
  { "{latin}{digit}", LETTERS DIGITS, false },
  { "{letter}{digit}_", LETTERS DIGITS "_", false },
  { "{latin}{digit}-_", LETTERS DIGITS "-_", false },
  { "{latin}{digit}_-!@#$%", LETTERS DIGITS "_-!@#$%", false },
  { "{letter}{digit}-_@.", LETTERS DIGITS "-_@.", false },
  { "[{letter}{digit}\\-_. ()]", LETTERS DIGITS "-_. ()", false },
  /* Workspace: "visible characters or spaces". */
  { "[\\S ]",
    LETTERS DIGITS " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19"
                   "\x1a\x1b\x1c\x1d\x1e\x1f\x7f",
    true },
};

const known_class *known_class_of(bdc_str text) {
  for (size_t i = 0; i < LENGTH(classes); i++) {
    if (is_text(text, classes[i].text)) {
      return &classes[i];
    }
  }
  fail_msg("property/rows_known.c does not know the class %.*s: add it", (int)text.size, text.data);
  return NULL;
}

/* Unicode's White_Space beyond ASCII. */
static bool is_blank_beyond_ascii(uint32_t c) {
  return c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
         c == 0x205f || c == 0x3000;
}

bool known_class_has(const known_class *class, uint32_t character) {
  if (character >= 0x80) {
    return class->beyond && !is_blank_beyond_ascii(character);
  }
  return character == 0 ? class->beyond : strchr(class->ascii, (int)character) != NULL;
}

/* ---- patterns; error codes are such that no catalogue lists them, since a listed one is held against its status ---- */

static const known_pattern patterns[] = {
  { "^API[CG]\\.[0-9]{4}$",
    { "APIG.8888", "APIC.8888" },
    { "", "APIG.201", "APIG.20120", "apig.2012", "APIG-2012", "APIG2012", " APIG.2012", "APIG.2012 ", "APIG.2012\\n", "APIE.2012",
      "APIG.201a", "XAPIG.2012", "ROMA.13000", "APIG.\\u0661\\u0662\\u0663\\u0664", "\\uff21PIG.2012", "APIG\\u0000.2012",
      "APIG.2012\\u2028" },
    false },
  { "^(ROMA\\.[0-9]{4,8}|(APIC|APIG|APIGW)\\.[0-9]{4})$",
    { "ROMA.99999999", "ROMA.9999", "ROMA.99999", "APIC.8888", "APIG.8888", "APIGW.8888" },
    { "ROMA.100", "ROMA.000110000", "roma.1000", "ROMA", "ROMA.", "ROMA.1000\\n", " ROMA.1000", "APIC.02011", "APIC.020", "APIGX.0101",
      "ROMA,1000", "ROMA.1000 ", "ROMA.100a", "XROMA.1000", "APIGW.01010", "ROMA.\\u0661\\u0662\\u0663\\u0664" },
    false },
  { "^WKS\\.([0-9]{4}|[0-9]{8})$",
    { "WKS.99999999", "WKS.9999" },
    { "WKS.001", "WKS.00001", "WKS.0014990", "WKS.001499011", "wks.0001", "WKS0001", " WKS.0001", "WKS.0001 ", "WKS.0001\\n",
      "WKSX.0001", "WKS.000a", "ROMA.1000" },
    false },
  /* Workspace's name: not spaces alone. */
  { "(?s)(?! +$).*",
    { "a", "a ", " a", "  a  ", "-", "\\u674e \\u674e", "a\\u0000" },
    { " ", "  ", "          ", "\\u0020", " \\u0020 " },
    true },
};

const known_pattern *known_pattern_of(bdc_str text) {
  for (size_t i = 0; i < LENGTH(patterns); i++) {
    if (is_text(text, patterns[i].text)) {
      return &patterns[i];
    }
  }
  fail_msg("property/rows_known.c does not know the pattern %.*s: add it", (int)text.size, text.data);
  return NULL;
}
