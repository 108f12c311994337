/* SPDX-License-Identifier: MIT */
#include "report/rule_texts.h"

#include "text.h"

const cmd_rule_text cmd_rule_texts[] = {
  { .id = "syntax",
    .name = "MalformedJson",
    .level = CMD_LEVEL_ERROR,
    .summary = "The body is not JSON, or the request target is malformed.",
    .meaning =
        "A body must be JSON as RFC 8259 defines it, and nothing more: no comments, no trailing commas, no leading zeros, no raw "
        "control characters in strings, nothing after the value. A request target must be made of the characters that may stand "
        "in one.",
    .remedy = "The position is that of the first character that cannot be read. Where the mistake is meant, as in a fixture for error "
              "handling, say so with `expect syntax` in a `.bodycheck` file." },
  { .id = "encoding",
    .name = "NotUtf8",
    .level = CMD_LEVEL_ERROR,
    .summary = "The text is not proper UTF-8.",
    .meaning =
        "Bytes that are not UTF-8, a byte order mark before the body, half of a surrogate pair in an escape, or a percent sign in "
        "the request target without two hexadecimal digits.",
    .remedy =
        "Save the file as UTF-8 without a byte order mark; write characters beyond U+FFFF as they are, or as both halves of their "
        "pair." },
  { .id = "duplicate",
    .name = "NameTwice",
    .level = CMD_LEVEL_ERROR,
    .summary = "A name stands twice.",
    .meaning = "A member name appears a second time in the same JSON object, or a documented header field a second time in the same "
               "message. Which of the two counts is not defined, and readers differ.",
    .remedy = "Remove one of them. Names are compared after their escapes have been resolved." },
  { .id = "limit",
    .name = "LimitReached",
    .level = CMD_LEVEL_ERROR,
    .summary = "A declared limit of the check was reached.",
    .meaning = "The body is too large, nested too deeply, has too many undocumented names, or holds a value that is too long for a "
               "pattern. What lies beyond a limit has not been checked, so the message is not called valid.",
    .remedy = "Where such messages are meant, raise the limit: `--max-body` sets the largest body." },
  { .id = "mandatory",
    .name = "MissingField",
    .level = CMD_LEVEL_ERROR,
    .summary = "A mandatory field, or the body, is missing.",
    .meaning =
        "The documentation says that this field must be there. The position is that of the object that lacks it, the pointer that "
        "of the missing member.",
    .remedy = "Add the field. `bodycheck explain OPERATION` shows which fields are mandatory, and where that is documented." },
  { .id = "unknown",
    .name = "UndocumentedField",
    .level = CMD_LEVEL_ERROR,
    .summary = "A field is not documented.",
    .meaning =
        "The documentation of the operation has no field of this name at this place. In requests that is an error, in responses a "
        "warning, unless the rules or `--unknown` say otherwise.",
    .remedy = "Check the spelling; names are compared letter by letter. Where the service is known to take the field, choose another "
              "policy with `unknown=` in a `.bodycheck` file." },
  { .id = "type",
    .name = "WrongType",
    .level = CMD_LEVEL_ERROR,
    .summary = "A value has another JSON type than the documented one.",
    .meaning = "For example a number where a string is documented. `1.0` and `1e3` are not integers. `null` is no value of any type "
               "unless the documentation allows it.",
    .remedy = "Write the value in the documented type. Nothing below a value of a wrong type is reported." },
  { .id = "length.min",
    .name = "TooShort",
    .level = CMD_LEVEL_ERROR,
    .summary = "A text is shorter than documented.",
    .meaning =
        "The value has fewer characters than the documentation asks for. Characters are Unicode code points, counted after escapes "
        "have been resolved.",
    .remedy = "Use a longer value." },
  { .id = "length.max",
    .name = "TooLong",
    .level = CMD_LEVEL_ERROR,
    .summary = "A text is longer than documented.",
    .meaning = "The value has more characters than the documentation allows. Characters are Unicode code points, counted after escapes "
               "have been resolved.",
    .remedy = "Use a shorter value." },
  { .id = "charset",
    .name = "ForeignCharacter",
    .level = CMD_LEVEL_ERROR,
    .summary = "A text has a character that is not among the documented ones.",
    .meaning = "The documentation names the characters that the value may consist of. The position is that of the first other one.",
    .remedy = "Replace the character. Where the service takes letters of other scripts, define the class of letters anew with "
              "`--define`." },
  { .id = "start",
    .name = "WrongStart",
    .level = CMD_LEVEL_ERROR,
    .summary = "A text starts with another character than documented.",
    .meaning = "The documentation names the characters that the value may start with, for example letters only.",
    .remedy = "Let the value start with one of them." },
  { .id = "enum",
    .name = "ValueNotListed",
    .level = CMD_LEVEL_ERROR,
    .summary = "A value is none of the documented ones.",
    .meaning = "The documentation lists all values of this field. They are compared as they are written, letter by letter.",
    .remedy = "Use one of the values that the message lists." },
  { .id = "range",
    .name = "OutOfRange",
    .level = CMD_LEVEL_ERROR,
    .summary = "A number is outside the documented range.",
    .meaning =
        "The number is smaller or larger than documented, or does not fit the 32 or 64 bits of its type. Numbers are compared digit "
        "by digit, never rounded.",
    .remedy = "Use a number within the range that the message names." },
  { .id = "items",
    .name = "WrongItemCount",
    .level = CMD_LEVEL_ERROR,
    .summary = "An array has too few or too many items.",
    .meaning = "The documentation says how many items the array may have.",
    .remedy = "Add or remove items." },
  { .id = "includes",
    .name = "MissingItem",
    .level = CMD_LEVEL_ERROR,
    .summary = "An array lacks an item that must be there.",
    .meaning = "The documentation names a value that must be among the items.",
    .remedy = "Add the item that the message names." },
  { .id = "pattern",
    .name = "PatternMismatch",
    .level = CMD_LEVEL_ERROR,
    .summary = "A text does not match the documented pattern.",
    .meaning = "The whole value must match the regular expression of the rule.",
    .remedy = "`bodycheck explain OPERATION` shows the pattern and where it is documented." },
  { .id = "format",
    .name = "WrongFormat",
    .level = CMD_LEVEL_ERROR,
    .summary = "A value is not of the documented format.",
    .meaning = "For example a date and time of RFC 3339, a UUID, hexadecimal digits, or milliseconds since 1970.",
    .remedy = "Write the value in the format that the message names." },
  { .id = "status",
    .name = "UndocumentedStatus",
    .level = CMD_LEVEL_ERROR,
    .summary = "The HTTP status is not documented, or not that of the error code.",
    .meaning = "A response has a status that the operation does not document, or holds an error code that the service documents with "
               "another status, which is a warning.",
    .remedy = "Check the status that the response is declared with: `--response`, the `.bodycheck` line, or the status line of the "
              "message." },
  { .id = "media-type",
    .name = "WrongMediaType",
    .level = CMD_LEVEL_ERROR,
    .summary = "Content-Type is not application/json in UTF-8.",
    .meaning =
        "Where a message has a `Content-Type`, it must be `application/json`, in any letter case, with no charset other than UTF-8.",
    .remedy = "Correct the header field, or leave it out." },
  { .id = "unread",
    .name = "UnreadableFile",
    .level = CMD_LEVEL_ERROR,
    .summary = "A file or folder cannot be read.",
    .meaning = "It does not exist, may not be read, or ended with an error. Nothing is known of what it holds, and the run as a whole "
               "exits with 2.",
    .remedy = "Check the name and the permissions." },
  { .id = "mapping",
    .name = "MappingMistake",
    .level = CMD_LEVEL_ERROR,
    .summary = "A `.bodycheck` file has a mistake.",
    .meaning = "A line of the file cannot be understood, or names an operation or a rule file that is not there. The other lines are "
               "used, and the run as a whole exits with 2.",
    .remedy =
        "Correct the line. It has the form `PATTERN OPERATION request|response STATUS`, with `expect`, `rules` and `unknown=` behind "
        "it where needed." },
  { .id = "expect",
    .name = "UnmetExpectation",
    .level = CMD_LEVEL_ERROR,
    .summary = "A file is not as its `.bodycheck` line expects it.",
    .meaning =
        "The line says that a message is broken in a certain way, or cannot be checked, and it is valid, or broken in another way.",
    .remedy = "Correct the file, or the line; `bodycheck check --update` rewrites what the lines expect." },
  { .id = "silence",
    .name = "NeedlessSilencer",
    .level = CMD_LEVEL_WARNING,
    .summary = "A silencer silences nothing.",
    .meaning = "A line of a `.bodycheck` file silences a known finding, and no file that was checked has it any more.",
    .remedy = "Remove the line, so that the finding is reported should it come back." },
  { .id = "unmapped",
    .name = "UnmappedFile",
    .level = CMD_LEVEL_ERROR,
    .summary = "Nothing says which operation a file or response is for.",
    .meaning = "No option, no line of a `.bodycheck` file and nothing in the file itself names the operation, so nothing was checked.",
    .remedy = "Add a line to a `.bodycheck` file in the folder of the file or above it, or name the operation with `--op`." },
  { .id = "endpoint",
    .name = "UndocumentedEndpoint",
    .level = CMD_LEVEL_WARNING,
    .summary = "A request fits no documented operation.",
    .meaning = "No operation of the loaded rules has the method and the path of this request, so nothing was checked.",
    .remedy = "Correct the request, load rules for the operation with `--rules`, or take such requests out of the reports with "
              "`--endpoints ignore`." },
  { .id = "http",
    .name = "MalformedMessage",
    .level = CMD_LEVEL_ERROR,
    .summary = "A text is no HTTP message.",
    .meaning = "A request or response of a `.http` file cannot be read as one.",
    .remedy = "A request begins with a line of method and target, a response with a status line; header fields follow, then an empty "
              "line and the body; `###` separates requests." },
  { .id = "variable",
    .name = "UndefinedVariable",
    .level = CMD_LEVEL_WARNING,
    .summary = "A variable is not defined.",
    .meaning = "A `.http` file uses `{{name}}`, and no `@name = value` stands in it. What depends on the variable was not checked.",
    .remedy = "Define the variable in the file." },
  { .id = "har",
    .name = "MalformedArchive",
    .level = CMD_LEVEL_ERROR,
    .summary = "A file is no HAR file, or one of its entries cannot be checked.",
    .meaning = "The file is not JSON, is cut short, has not the form of HAR 1.2, or holds content that cannot be decoded.",
    .remedy = "Export the recording anew, with the contents of the bodies." },
  { .id = "unchecked",
    .name = "UncheckedMessage",
    .level = CMD_LEVEL_ERROR,
    .summary = "A message could not be checked.",
    .meaning = "There is no table for this message, or its body is compressed or otherwise not at hand. What was not checked is never "
               "called valid.",
    .remedy = "The message says why. Where that is meant, say so with `expect unchecked` in a `.bodycheck` file." },
  { .id = "more",
    .name = "MoreFindings",
    .level = CMD_LEVEL_ERROR,
    .summary = "A message has more findings than are reported.",
    .meaning = "The report of each message has room for a number of findings. The others were counted, and are not listed.",
    .remedy = "`--max` sets the number." },
};

const size_t cmd_rule_text_count = sizeof(cmd_rule_texts) / sizeof(cmd_rule_texts[0]);

size_t cmd_rule_text_find(const char *id) {
  size_t index = 0;
  while (index < cmd_rule_text_count && !cmd_equal(cmd_str(id), cmd_str(cmd_rule_texts[index].id))) {
    index++;
  }
  return index;
}
