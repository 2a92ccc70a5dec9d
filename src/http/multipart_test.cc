#include "http/multipart.h"

#include <gtest/gtest.h>

#include "support/text_body.h"

namespace keepsake::http {
namespace {

const std::string two_parts =
    "--xyz\r\nContent-Disposition: form-data; name=\"caption\"\r\n\r\nA quiet \r\n--morning\r\n"
    "--xyz\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a b.jpg\"\r\n"
    "Content-Type: image/jpeg\r\n\r\n\xff\xd8\r\n--xy\r\n\xff\xd9\r\n--xyz--\r\n";

struct Form {
  Fields fields;
  std::vector<std::pair<PartHead, std::string>> files;
};

Form read_form(const std::string& text, std::size_t step = SIZE_MAX, const MultipartLimits& limits = {}) {
  TextBody body(text, step);
  body.limit(UINT64_MAX);
  Form form;
  const auto open = [&form](const PartHead& head) {
    form.files.emplace_back(head, "");
    return [&form](ByteView bytes) { form.files.back().second += as_text(bytes); };
  };
  form.fields = read_multipart(body, "xyz", open, limits);
  return form;
}

std::string part(const std::string& head, const std::string& content) {
  return "--xyz\r\n" + head + "\r\n\r\n" + content + "\r\n";
}

std::string field(const std::string& name, const std::string& content) {
  return part("Content-Disposition: form-data; name=\"" + name + "\"", content);
}

TEST(Multipart, ReadsFieldsAndFilesHoweverTheBodyIsCut) {
  for (std::size_t step = 1; step < two_parts.size() + 1; ++step) {
    const Form form = read_form(two_parts, step);
    EXPECT_EQ(form.fields, (Fields{{"caption", "A quiet \r\n--morning"}}));
    ASSERT_EQ(form.files.size(), 1u);
    EXPECT_EQ(form.files[0].first.name, "photo");
    EXPECT_EQ(form.files[0].first.filename, "a b.jpg");
    EXPECT_EQ(form.files[0].first.content_type, "image/jpeg");
    EXPECT_EQ(form.files[0].second, "\xff\xd8\r\n--xy\r\n\xff\xd9");
  }
}

TEST(Multipart, KeepsAFileLargerThanTheWindowByteForByte) {
  std::string content;
  for (int i = 0; i < 200'000; ++i) content += static_cast<char>(i * 7 % 251);
  const std::string head = "Content-Disposition: form-data; name=\"f\"; filename=\"\"";
  const Form form = read_form(part(head, content) + "--xyz--", 7919);
  ASSERT_EQ(form.files.size(), 1u);
  EXPECT_TRUE(form.files[0].second == content);
}

TEST(Multipart, DropsWhatIsLeftOfAPart) {
  TextBody body(field("a", std::string(20'000, 'x')) + field("b", "kept") + "--xyz--");
  MultipartReader reader(body, "xyz");
  ASSERT_TRUE(reader.next());
  const auto second = reader.next();
  ASSERT_TRUE(second);
  EXPECT_EQ(second->name, "b");
  EXPECT_EQ(reader.text(), "kept");
  EXPECT_FALSE(reader.next());
  EXPECT_FALSE(reader.next());
}

TEST(Multipart, UnderstandsNamesAsBrowsersAndCurlSendThem) {
  EXPECT_EQ(read_form(field("a%22b%0D%0Ac%41", "") + "--xyz--").fields[0].first, "a\"b\r\nc%41");
  EXPECT_EQ(read_form(field("a\\\"b", "") + "--xyz--").fields[0].first, "a\"b");
  EXPECT_EQ(read_form("--xyz\r\ncontent-disposition: FORM-DATA;name=plain\r\n\r\nv\r\n--xyz--").fields,
            (Fields{{"plain", "v"}}));
}

TEST(Multipart, AllowsAPreambleAndPaddingAndAnEpilogue) {
  EXPECT_EQ(read_form("hello\r\n--xyz \t\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--xyz--\r\nbye")
                .fields,
            (Fields{{"a", ""}}));
  EXPECT_TRUE(read_form("--xyz--").fields.empty());
}

TEST(Multipart, RefusesWhatIsNoFormData) {
  const std::string bad[] = {
      "",
      "no delimiter at all, only text",
      field("a", "b"),                                                          // no last delimiter
      "--xyz\r\nContent-Disposition: form-data; name=\"a\"",                    // ends within a head
      part("Content-Type: text/plain", "b") + "--xyz--",                        // no disposition
      part("Content-Disposition: form-data", "b") + "--xyz--",                  // no name
      part("Content-Disposition: attachment; name=a", "b") + "--xyz--",         // not form-data
      part("Content-Disposition: form-data; name=a; name=b", "b") + "--xyz--",  // two names
      part("Content-Disposition: form-data; name=\"a", "b") + "--xyz--",        // open quote
      part("Content-Disposition: form-data; name=\"a\xff\"", "b") + "--xyz--",  // no UTF-8
      part("Content-Disposition: form-data; name=a\r\nno colon", "b") + "--xyz--",
      part("Content-Disposition: form-data; name=a\r\n folded: x", "b") + "--xyz--",
      part("Content-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b", "") +
          "--xyz--",
      part("Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64", "") + "--xyz--",
      "--xyzz\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--xyz--",
      field("a", std::string("nul\0", 4)) + "--xyz--",
      field("a", "\xc3\x28") + "--xyz--",
  };
  for (const std::string& text : bad) EXPECT_THROW(read_form(text), BodyMalformed) << text;
}

TEST(Multipart, HoldsItsLimits) {
  const MultipartLimits limits{.parts = 2, .head_bytes = 80, .field_bytes = 10, .fields_bytes = 15};
  EXPECT_NO_THROW(read_form(field("a", "0123456789") + "--xyz--", 1, limits));
  EXPECT_THROW(read_form(field("a", "0123456789-") + "--xyz--", 1, limits), BodyTooLarge);
  EXPECT_THROW(read_form(field("a", "12345678") + field("b", "12345678") + "--xyz--", 1, limits),
               BodyTooLarge);
  EXPECT_THROW(read_form(field("a", "") + field("b", "") + field("c", "") + "--xyz--", 1, limits),
               BodyTooLarge);
  EXPECT_THROW(read_form(field(std::string(80, 'n'), "") + "--xyz--", 1, limits), BodyTooLarge);
  EXPECT_THROW(read_form(std::string(5000, 'p')), BodyMalformed);
}

TEST(Multipart, TakesABoundaryOnlyFromAProperContentType) {
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=----WebKitFormBoundaryX"),
            "----WebKitFormBoundaryX");
  EXPECT_EQ(multipart_boundary("Multipart/Form-Data; charset=utf-8; BOUNDARY=\"a b\""), "a b");
  for (const char* bad :
       {"multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=a",
        "multipart/form-data; boundary=a; boundary=b", "multipart/form-data; boundary=\"a \"",
        "multipart/form-data; boundary=\"a\tb\"", "text/plain"}) {
    EXPECT_FALSE(multipart_boundary(bad)) << bad;
  }
  EXPECT_FALSE(multipart_boundary("multipart/form-data; boundary=" + std::string(71, 'a')));
}

}  // namespace
}  // namespace keepsake::http
