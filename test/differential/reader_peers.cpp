// SPDX-License-Identifier: MIT
#include "reader.h"

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <simdjson.h>

static_assert(simdjson::SIMDJSON_PADDING <= READER_PADDING, "documents have less padding than simdjson wants");

opinion simdjson_opinion(const unsigned char *text, size_t size) {
  static simdjson::dom::parser parser;
  switch (parser.parse(reinterpret_cast<const char *>(text), size, false).error()) {
  case simdjson::SUCCESS:
    return TAKEN;
  case simdjson::NUMBER_ERROR:
    return REFUSED_NUMBER;
  default:
    return REFUSED;
  }
}

opinion rapidjson_opinion(const unsigned char *text, size_t size) {
  rapidjson::MemoryStream stream(reinterpret_cast<const char *>(text), size);
  rapidjson::Reader reader;
  rapidjson::BaseReaderHandler<> nobody;
  switch (reader.Parse<rapidjson::kParseValidateEncodingFlag | rapidjson::kParseIterativeFlag>(stream, nobody).Code()) {
  case rapidjson::kParseErrorNone:
    return TAKEN;
  case rapidjson::kParseErrorNumberTooBig:
    return REFUSED_NUMBER;
  default:
    return REFUSED;
  }
}
