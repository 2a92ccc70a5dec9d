#pragma once
// Hours, dates and topics of helplines in the words of a language.
#include <string>
#include <string_view>

#include "helpline/hours.h"
#include "helpline/topic.h"
#include "html/words.h"

namespace keepsake::web {

// "Monday to Friday, 9 am to 5 pm; closed on 25 Dec (Auckland time)"; of a line that is always open
// "Open day and night".
std::string hours_said(const html::Words& words, const Hours& hours);
// "1 March 2025", "March 2025", "2025".
std::string date_said(const html::Words& words, std::string_view date);
// "Loss of a pregnancy or a baby".
std::string topic_said(const html::Words& words, Topic topic);

}  // namespace keepsake::web
