/* test-http-body.c - bodies that are too long, too short, packed to burst, and half there already
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "../temp-folder.h"
#include "http-fixture.h"
#include "strata-gzip.h"

#define MIB (1024 * 1024)

/* A whole answer, or one that breaks off. */
typedef struct
{
  char  *head;
  char  *body;  /* (owned) */
  gsize  size;
} Answer;

static void
say_answer (Web        *web,
            WebRequest *request,
            GIOStream  *stream,
            gpointer    data)
{
  const Answer *answer = data;

  web_say (stream, "HTTP/1.1 200 OK\r\n%s\r\n", answer->head);
  web_write (stream, answer->body, answer->size);
}

static Answer
make_answer (const char *head,
             const char *body,
             gsize       size)
{
  return (Answer){ .head = (char *) head, .body = g_memdup2 (body, size), .size = size };
}

/* As gzip packs it. */
static Answer
make_packed (const char *body,
             gsize       size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) plain = g_bytes_new (body, size);
  g_autoptr(GBytes) packed = strata_gzip_pack (plain, 100000, NULL, &error);

  g_assert_no_error (error);

  return make_answer ("Content-Encoding: gzip\r\nConnection: close\r\n",
                      g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
}

static void
assert_fails (Answer      *answer,
              StrataError  code,
              guint        n_requests)
{
  g_autoptr(Web) web = web_start (say_answer, answer);
  g_autoptr(StrataHttp) http = http_fixture_open (web);
  g_autoptr(GError) error =
    http_fixture_fail (http, &(StrataHttpRequest){ .uri = "x", .max_size = MIB }, code);

  g_assert_cmpuint (web_count (web), ==, n_requests);
  g_free (answer->body);
}

static void
test_shorter_than_announced (void)
{
  Answer answer = make_answer ("Content-Length: 100\r\n", "short", 5);

  assert_fails (&answer, STRATA_ERROR_BAD_REPLY, 4);
}

static void
test_longer_than_announced (void)
{
  Answer answer = make_answer ("Content-Length: 5\r\n", "hello and more", 14);
  g_autoptr(Web) web = web_start (say_answer, &answer);
  g_autoptr(StrataHttp) http = http_fixture_open (web);
  g_autofree char *first = http_fixture_get (http, "x");
  g_autofree char *second = http_fixture_get (http, "x");

  g_assert_cmpstr (first, ==, "hello");
  g_assert_cmpstr (second, ==, "hello");
  g_free (answer.body);
}

static void
test_chunks_break_off (void)
{
  Answer answer = make_answer ("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n5\r\nwo", 15);

  assert_fails (&answer, STRATA_ERROR_BAD_REPLY, 4);
}

static void
test_announces_too_much (void)
{
  Answer answer = make_answer ("Content-Length: 1048577\r\n", "", 0);

  assert_fails (&answer, STRATA_ERROR_TOO_LARGE, 1);
}

/* Goes on for ever. */
static void
say_on_and_on (Web        *web,
               WebRequest *request,
               GIOStream  *stream,
               gpointer    data)
{
  g_autofree char *chunk = g_strnfill (65536, 'x');

  web_say (stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
  while (
    !web_is_stopped (web) &&
    g_output_stream_write_all (g_io_stream_get_output_stream (stream), "10000\r\n", 7, NULL, NULL,
                               NULL) &&
    g_output_stream_write_all (g_io_stream_get_output_stream (stream), chunk, 65536, NULL, NULL,
                               NULL) &&
    g_output_stream_write_all (g_io_stream_get_output_stream (stream), "\r\n", 2, NULL, NULL, NULL))
    continue;
}

static void
test_never_ends (void)
{
  g_autoptr(Web) web = web_start (say_on_and_on, NULL);
  g_autoptr(StrataHttp) http = http_fixture_open (web);
  g_autoptr(GError) error = http_fixture_fail (
    http, &(StrataHttpRequest){ .uri = "x", .max_size = MIB }, STRATA_ERROR_TOO_LARGE);
}

static void
test_gzip (void)
{
  g_autofree char *text = g_strnfill (MIB, 'x');
  Answer answer = make_packed (text, MIB);
  g_autoptr(Web) web = web_start (say_answer, &answer);
  g_autoptr(StrataHttp) http = http_fixture_open (web);
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataHttpReply) reply =
    strata_http_send (http, &(StrataHttpRequest){ .uri = "x", .max_size = MIB }, NULL, &error);
  g_autofree char *accepts = web_dup_header (web_get_request (web, 0), "Accept-Encoding");

  g_assert_no_error (error);
  g_assert_cmpuint (strata_http_reply_get_size (reply), ==, MIB);
  g_assert_nonnull (strstr (accepts, "gzip"));
  g_free (answer.body);
}

static void
test_gzip_bomb (void)
{
  g_autofree char *text = g_strnfill (64 * MIB, 'x');
  Answer answer = make_packed (text, 64 * MIB);

  g_assert_cmpuint (answer.size, <, MIB);
  assert_fails (&answer, STRATA_ERROR_TOO_LARGE, 1);
}

static void
test_gzip_breaks_off (void)
{
  g_autofree char *text = g_strnfill (MIB, 'x');
  Answer answer = make_packed (text, MIB);

  answer.size -= 20;
  assert_fails (&answer, STRATA_ERROR_BAD_REPLY, 4);
}

static void
test_gzip_is_damaged (void)
{
  g_autofree char *text = g_strnfill (MIB, 'x');
  Answer answer = make_packed (text, MIB);

  memset (answer.body + answer.size / 2, 0xff, 16);
  assert_fails (&answer, STRATA_ERROR_BAD_REPLY, 1);
}

/* A digest is over the bytes as they are stored: some servers call each .tgz encoded. */
static void
test_raw (void)
{
  Answer answer = make_packed ("hello", 5);
  g_autoptr(Web) web = web_start (say_answer, &answer);
  g_autoptr(StrataHttp) http = http_fixture_open (web);
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataHttpReply) reply =
    strata_http_send (http, &(StrataHttpRequest){ .uri = "x", .is_raw = TRUE }, NULL, &error);
  g_autofree char *accepts = web_dup_header (web_get_request (web, 0), "Accept-Encoding");

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (strata_http_reply_get_body (reply), NULL),
                   strata_http_reply_get_size (reply), answer.body, answer.size);
  g_assert_cmpstr (accepts, ==, "identity");
  g_free (answer.body);
}

static void
test_no_body (void)
{
  g_autoptr(Web) web =
    web_start (say_answer, &(Answer){ .head = (char *) "Content-Length: 100\r\n", .body = NULL });
  g_autoptr(StrataHttp) http = http_fixture_open (web);
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataHttpReply) reply =
    strata_http_send (http, &(StrataHttpRequest){ .method = "HEAD", .uri = "x" }, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (strata_http_reply_get_header (reply, "Content-Length"), ==, "100");
  g_assert_cmpuint (strata_http_reply_get_size (reply), ==, 0);
}

static void
say_not_modified (Web        *web,
                  WebRequest *request,
                  GIOStream  *stream,
                  gpointer    data)
{
  web_say (stream, "HTTP/1.1 304 Same\r\nETag: \"1\"\r\n\r\n");
}

static void
test_not_modified (void)
{
  g_autoptr(Web) web = web_start (say_not_modified, NULL);
  g_autoptr(StrataHttp) http = http_fixture_open (web);
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataHttpReply) reply = strata_http_send (
    http,
    &(StrataHttpRequest){ .uri = "x",
                          .if_none_match = "\"1\"",
                          .if_modified_since = "then",
                          .accept = (const char *[]){ "application/yaml", NULL } },
    NULL, &error);
  g_autofree char *tag = web_dup_header (web_get_request (web, 0), "If-None-Match");
  g_autofree char *since = web_dup_header (web_get_request (web, 0), "If-Modified-Since");

  g_assert_no_error (error);
  g_assert_true (strata_http_reply_is_not_modified (reply));
  g_assert_cmpstr (tag, ==, "\"1\"");
  g_assert_cmpstr (since, ==, "then");
}

/* Gives the rest of "0123456789" from where it is asked to, in a way that @data says; or another text, and shorter. */
static void
resume (Web        *web,
        WebRequest *request,
        GIOStream  *stream,
        gpointer    data)
{
  const char *way = data;
  g_autofree char *range = web_dup_header (request, "Range");
  g_autofree char *validator = web_dup_header (request, "If-Range");

  if (g_strcmp0 (range, "bytes=4-") != 0 || g_strcmp0 (validator, "\"1\"") != 0 ||
      g_str_equal (way, "begins-again"))
    web_say (stream, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n01");
  else if (g_str_equal (way, "resumes"))
    web_say (stream,
             "HTTP/1.1 206 Part\r\nContent-Range: bytes 4-9/10\r\nContent-Length: 6\r\n\r\n456789");
  else if (g_str_equal (way, "elsewhere"))
    web_say (
      stream,
      "HTTP/1.1 206 Part\r\nContent-Range: bytes 2-9/10\r\nContent-Length: 8\r\n\r\n23456789");
  else if (g_str_equal (way, "nowhere"))
    web_say (stream, "HTTP/1.1 206 Part\r\nContent-Length: 6\r\n\r\n456789");
  else
    web_say (stream, "HTTP/1.1 416 Range\r\nContent-Length: 0\r\n\r\n");
}

typedef struct
{
  guint64 received;
  guint64 total;
} Seen;

static void
progress_cb (guint64  received,
             guint64  total,
             gpointer data)
{
  *(Seen *) data = (Seen){ received, total };
}

/* Goes on with a file that has the first four bytes. Returns what is in it then. */
static char *
go_on (TempFolder  *temp,
       const char  *way,
       guint64     *offset,
       Seen        *seen,
       GError     **error)
{
  g_autoptr(Web) web = web_start (resume, (gpointer) way);
  g_autoptr(StrataHttp) http = http_fixture_open (web);
  g_autofree char *path = temp_folder_get (temp, "x.part");
  g_autoptr(GFile) file = g_file_new_for_path (path);
  char *text = NULL;

  temp_folder_put (temp, "x.part", "abcd");

  g_autoptr(GFileIOStream) stream = g_file_open_readwrite (file, NULL, NULL);

  g_assert_true (g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_END, NULL, NULL));

  g_autoptr(StrataHttpReply) reply =
    strata_http_send (http,
                      &(StrataHttpRequest){
                        .uri = "x",
                        .resume_at = 4,
                        .if_range = "\"1\"",
                        .sink = g_io_stream_get_output_stream (G_IO_STREAM (stream)),
                        .progress = progress_cb,
                        .progress_data = seen,
                      },
                      NULL, error);

  *offset = reply != NULL ? strata_http_reply_get_offset (reply) : 0;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));

  return text;
}

static void
test_resumes (TempFolder    *temp,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  guint64 offset;
  Seen seen = { 0 };
  g_autofree char *text = go_on (temp, "resumes", &offset, &seen, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "abcd456789");
  g_assert_cmpuint (offset, ==, 4);
  g_assert_cmpuint (seen.received, ==, 10);
  g_assert_cmpuint (seen.total, ==, 10);
}

static void
test_begins_again (TempFolder    *temp,
                   gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  guint64 offset;
  Seen seen = { 0 };
  g_autofree char *text = go_on (temp, "begins-again", &offset, &seen, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "01");
  g_assert_cmpuint (offset, ==, 0);
  g_assert_cmpuint (seen.received, ==, 2);
}

static void
test_resumes_wrongly (TempFolder    *temp,
                      gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  guint64 offset;
  Seen seen = { 0 };
  g_autofree char *text = go_on (temp, data, &offset, &seen, &error);

  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_BAD_REPLY);
  g_assert_cmpstr (text, ==, "abcd");
}

static void
test_disk_is_full (void)
{
  Answer answer = make_answer ("Content-Length: 5\r\n", "hello", 5);
  g_autoptr(Web) web = web_start (say_answer, &answer);
  g_autoptr(StrataHttp) http = http_fixture_open (web);
  g_autoptr(GFile) file = g_file_new_for_path ("/dev/full");
  g_autoptr(GFileOutputStream) sink = g_file_append_to (file, G_FILE_CREATE_NONE, NULL, NULL);

  if (sink == NULL)
    {
      g_test_skip ("there is no /dev/full");
      g_free (answer.body);
      return;
    }

  g_autoptr(GError) error = http_fixture_fail (
    http, &(StrataHttpRequest){ .uri = "x", .sink = G_OUTPUT_STREAM (sink) }, STRATA_ERROR_DISK);

  g_free (answer.body);
}

/* What is in a sink already cannot be taken back, so it is for its owner to resume. */
static void
test_sink_is_not_filled_twice (void)
{
  Answer answer = make_answer ("Content-Length: 100\r\n", "short", 5);
  g_autoptr(Web) web = web_start (say_answer, &answer);
  g_autoptr(StrataHttp) http = http_fixture_open (web);
  g_autoptr(GOutputStream) sink = g_memory_output_stream_new_resizable ();
  g_autoptr(GError) error = http_fixture_fail (
    http, &(StrataHttpRequest){ .uri = "x", .sink = sink }, STRATA_ERROR_BAD_REPLY);

  g_assert_cmpuint (web_count (web), ==, 1);
  g_assert_cmpuint (g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (sink)), ==, 5);
  g_free (answer.body);
}

int
main (int   argc,
      char *argv[])
{
  const char *const wrongly[] = { "elsewhere", "nowhere", "not-at-all" };

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/services/http-body/shorter-than-announced", test_shorter_than_announced);
  g_test_add_func ("/services/http-body/longer-than-announced", test_longer_than_announced);
  g_test_add_func ("/services/http-body/chunks-break-off", test_chunks_break_off);
  g_test_add_func ("/services/http-body/announces-too-much", test_announces_too_much);
  g_test_add_func ("/services/http-body/never-ends", test_never_ends);
  g_test_add_func ("/services/http-body/gzip", test_gzip);
  g_test_add_func ("/services/http-body/gzip-bomb", test_gzip_bomb);
  g_test_add_func ("/services/http-body/gzip-breaks-off", test_gzip_breaks_off);
  g_test_add_func ("/services/http-body/gzip-is-damaged", test_gzip_is_damaged);
  g_test_add_func ("/services/http-body/raw", test_raw);
  g_test_add_func ("/services/http-body/no-body", test_no_body);
  g_test_add_func ("/services/http-body/not-modified", test_not_modified);
  g_test_add_func ("/services/http-body/disk-is-full", test_disk_is_full);
  g_test_add_func ("/services/http-body/sink-is-not-filled-twice", test_sink_is_not_filled_twice);
  g_test_add ("/services/http-body/resumes", TempFolder, NULL, temp_folder_set_up, test_resumes,
              temp_folder_tear_down);
  g_test_add ("/services/http-body/begins-again", TempFolder, NULL, temp_folder_set_up,
              test_begins_again, temp_folder_tear_down);

  for (guint i = 0; i < G_N_ELEMENTS (wrongly); i++)
    {
      g_autofree char *path =
        g_strconcat ("/services/http-body/resumes-wrongly/", wrongly[i], NULL);

      g_test_add (path, TempFolder, wrongly[i], temp_folder_set_up, test_resumes_wrongly,
                  temp_folder_tear_down);
    }

  return g_test_run ();
}
