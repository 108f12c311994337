/* SPDX-License-Identifier: MIT */
/*
 * Files of raw HTTP messages as the REST Client of Visual Studio Code and the HTTP Client of JetBrains have them: requests, responses,
 * or both in turn, in blocks that lines of "###" separate. Where the two differ, what both can read is read.
 *
 * A block: comments ("#", "//"), definitions of variables ("@name = value") and scripts ("< {% ... %}"); then a request line, "METHOD
 * TARGET HTTP/1.1", of which all but the target may be missing, and whose target may go on in lines that begin with "?", "&" or "/";
 * header fields up to an empty line; the body. A status line begins a response, at the start of a block or behind a request.
 * Lines that are comments count nowhere, not in the body either, and neither do scripts for the response ("> {% ... %}", "> file") and
 * recorded responses ("<> file").
 *
 * A body ends before the line end of its last line that is not blank: what follows is there for the eye, and the line end is the
 * editor's. Content-Length is a header field like others; editors compute their own. "< file" as the only line of a body means that
 * file's content, which this reader leaves to its caller.
 */
#ifndef BDC_COMMAND_READ_HTTP_H
#define BDC_COMMAND_READ_HTTP_H

#include "read/message.h"

/* The entry of a message is the number of its block among those that hold messages; 0 where there is only one such block. */
void cmd_http_read(bdc_str file, const cmd_sink *sink);

#endif
