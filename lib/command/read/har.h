/* SPDX-License-Identifier: MIT */
/*
 * HTTP archives, version 1.2 (http://www.softwareishard.com/blog/har-12-spec/), as browsers and proxies record them. Every entry gives
 * its request and then its response. What the recorder left out is told from what was not there:
 *
 *   no postData           a request without body, unless bodySize is more than 0
 *   only postData.params  a form; its body is unknown
 *   no content.text       a response without body where content.size (or, where that is not known, bodySize) is 0, and to HEAD, and with
 *                         the status 1xx, 204 and 304; else its body is unknown
 *   status 0 or less      there was no response: blocked, aborted, or answered by the browser alone
 *
 * An archive holds the bodies of responses without their Content-Encoding, so that header field is left out of responses; bodies of
 * requests are as they were sent. The fields ":method" and so on, which HTTP/2 has in place of a request line, are left out.
 */
#ifndef BDC_COMMAND_READ_HAR_H
#define BDC_COMMAND_READ_HAR_H

#include "read/message.h"

/*
 * A file that is no archive, or not JSON, or cut off, is one mistake where that is seen; all entries before it are given. An entry in
 * which a needed member is missing, of a wrong type, or there twice is a mistake as well, and all others are given.
 */
void cmd_har_read(bdc_str file, const cmd_sink *sink);

#endif
