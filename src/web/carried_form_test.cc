#include "web/carried_form.h"

#include <gtest/gtest.h>

#include "support/text_body.h"
#include "web/bodies.h"

namespace keepsake::web {
namespace {

Route route(std::string_view pattern, Fields fields) {
  return {http::Method::post, pattern, "a signed-in person", "", fields, {}};
}

std::optional<CarriedForm> carried(const Route& to, const std::string& text,
                                   std::string_view type = "application/x-www-form-urlencoded") {
  http::TextBody body(text);
  http::Request request;
  request.method = http::Method::post;
  request.target = "/stories/x/edit";
  request.path = request.target;
  request.headers.add("Content-Type", type);
  request.body = &body;
  return carry(request, to);
}

const Route edit = route("/stories/{id}/edit", story_fields);

TEST(CarriedFormTest, ComesBackAsItWasTyped) {
  const auto form = carried(edit, "title=It&body=one%0D%0Atwo+%22%3C%26&notes=a&notes=b");
  ASSERT_TRUE(form);
  const auto back = CarriedForm::parse(form->text());
  ASSERT_TRUE(back);
  EXPECT_EQ(back->action, "/stories/x/edit");
  EXPECT_EQ(back->fields,
            (Pairs{{"title", "It"}, {"body", "one\r\ntwo \"<&"}, {"notes", "a"}, {"notes", "b"}}));
  EXPECT_TRUE(back->look);
  EXPECT_FALSE(back->had_files);
}

TEST(CarriedFormTest, FilesAreDroppedAndSaidToBe) {
  const std::string parts =
      "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nIt\r\n"
      "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.jpg\"\r\n\r\nbytes\r\n--b--\r\n";
  const auto form = carried(edit, parts, "multipart/form-data; boundary=b");
  ASSERT_TRUE(form);
  EXPECT_EQ(form->fields, (Pairs{{"title", "It"}}));
  EXPECT_TRUE(form->had_files);
}

TEST(CarriedFormTest, WhatNothingKeepsGoesAndTheRestStays) {
  const auto form = carried(edit, "title=a%01b");
  ASSERT_TRUE(form);
  EXPECT_EQ(form->fields, (Pairs{{"title", "ab"}}));
  EXPECT_TRUE(CarriedForm::parse(form->text()));
}

TEST(CarriedFormTest, NoPasswordIsCarriedAndNothingWithoutFields) {
  EXPECT_FALSE(carried(route("/account/password", password_fields), "present=a&new=b"));
  EXPECT_FALSE(carried(route("/host/recovery-phrase", phrase_fields), "words=a"));
  EXPECT_FALSE(carried(route("/stories/{id}/take-back", {}), "a=b"));
  EXPECT_FALSE(carried(edit, ""));
  EXPECT_FALSE(carried(edit, "{\"title\":\"It\"}", "application/json"));
}

TEST(CarriedFormTest, OneTooLargeIsNotCarried) {
  EXPECT_TRUE(carried(edit, "body=" + std::string(1 << 20, 'x')));
  EXPECT_FALSE(carried(edit, "body=" + std::string(CarriedForm::most_bytes, 'x')));
}

TEST(CarriedFormTest, LeadsToNoOtherHouse) {
  for (const char* action :
       {"https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", ""}) {
    CarriedForm form{action, {{"a", "b"}}};
    EXPECT_EQ(CarriedForm::parse(form.text())->action, "/") << action;
  }
  EXPECT_FALSE(CarriedForm::parse("no form"));
  EXPECT_FALSE(CarriedForm::parse(R"({"fields":[{"name":1}]})"));
}

}  // namespace
}  // namespace keepsake::web
