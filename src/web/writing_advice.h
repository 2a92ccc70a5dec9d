#pragma once
// What authors are told about what they wrote, on pages that are theirs alone: made anew each time from the
// form, kept nowhere, and in no answer to anybody else.
#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "helpline/safe_words.h"
#include "helpline/topic.h"
#include "html/values.h"
#include "web/input.h"
#include "web/respond.h"

namespace keepsake::web {

struct WritingAdvice {
  Topics suggested;  // that the words speak of and the author has not chosen
  struct Quoted {
    Passage::Kind kind;
    std::string text;           // the passage
    std::string before, after;  // some words of the same line
  };
  std::vector<Quoted> passages;  // the first few
  std::string lang;              // of the story
};
// On a story as its form would send it.
WritingAdvice advice_on(const Input& typed);

// For the part SAFE_WORDS.
void show_passages(html::Values& values, const Respond& respond, const WritingAdvice& advice);
// Adds a row to `section` for each of `topics`, ticked where it is in `chosen`.
void add_topics(html::Values& values, const Respond& respond, std::string_view section, Topics topics,
                Topics chosen);
Topics topics_of(const std::vector<std::string>& words);

// {"suggested":["bereavement"],"passages":[{"kind":"wording","text":"…"}]}
boost::json::object json_of(const WritingAdvice& advice);

}  // namespace keepsake::web
