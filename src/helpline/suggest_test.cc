#include "helpline/suggest.h"

#include <gtest/gtest.h>

#include <string>

namespace keepsake {
namespace {

struct Case {
  std::string_view language, text;
  Topics topics;
};

void expect(const Case& each) {
  const Topics found = suggest(each.text, each.language);
  std::string words;
  found.each([&](Topic topic) { words += std::string(word_of(topic)) + " "; });
  EXPECT_EQ(found, each.topics) << each.language << ": " << each.text << " -> " << words;
}

constexpr Topics both(Topic one, Topic other) {
  return Topics(one) | Topics(other);
}

TEST(Suggest, KnowsWhatATextIsAbout) {
  const Case cases[] = {
      {"en", "We lost our baby in the spring.", Topic::pregnancy_loss},
      {"en", "Two Miscarriages and then you.", Topic::pregnancy_loss},
      {"en", "He was born still on a Tuesday.", Topic::pregnancy_loss},
      {"en", "The year my father died", Topic::bereavement},
      {"en", "After my brother took his own life", Topic::suicide},
      {"en", "The panic attacks began in May.", Topic::anxiety},
      {"en", "He hit me, and I stayed.", Topic::violence},
      {"en", "Her second round of chemo", Topic::illness},
      {"en", "As a mother of a premature boy", Topic::parents},
      {"de", "Nach der zweiten Fehlgeburt", Topic::pregnancy_loss},
      {"de", "Mein Vater ist im März gestorben.", Topic::bereavement},
      {"de", "Die DEPRESSIONEN kamen wieder", Topic::depression},
      {"de", "Häusliche Gewalt", Topic::violence},
      {"es", "Perdimos a nuestro bebé en marzo.", Topic::pregnancy_loss},
      {"es", "El ano en que murio mi madre", Topic::bereavement},
      {"es", "Ataques de ansiedad", Topic::anxiety},
      {"es", "Su cáncer volvió.", Topic::illness},
      {"fr", "Trois fausses couches en deux ans", Topic::pregnancy_loss},
      {"fr", "Mon père est mort en mars.", Topic::bereavement},
      {"fr", "Mon frère s'est donné la mort.", Topic::suicide},
      {"fr", "L’anxiété ne part pas.", Topic::anxiety},
      {"ar", "فقدنا طفلنا في الربيع", Topic::pregnancy_loss},
      {"ar", "السنة التي مات فيها: مات أبي", Topic::bereavement},
      {"ar", "كنت أعاني من الاكتئاب", Topic::depression},
      {"ar", "والسرطان عاد", Topic::illness},
      {"en", "My son died of leukaemia", both(Topic::bereavement, Topic::illness)},
  };
  for (const Case& each : cases) expect(each);
}

TEST(Suggest, LeavesFalseFriendsAlone) {
  const Case cases[] = {
      {"en", "I lost my keys.", {}},
      {"en", "She lost the baby weight, I lost my mother's keys.", {}},
      {"en", "We lost our baby's shoe.", {}},
      {"en", "Good grief, the Great Depression", {}},
      {"en", "I am 15 weeks along", {}},
      {"en", "He beat me at chess. It hit me later.", {}},
      {"en", "A widow's peak; rapeseed; a cancerous joke is no joke", {}},
      {"de", "Ich habe meinen Schlüssel verloren; todmüde", {}},
      {"de", "Das Baby hat den Schnuller verloren", {}},
      {"de", "unter der Trauerweide", {}},
      {"es", "Perdí las llaves y el cochecito del bebé", {}},
      {"es", "Quería morir de risa", {}},
      {"fr", "J'ai perdu mes clés et le doudou de bébé", {}},
      {"fr", "J’avais envie de mourir de rire", {}},
      {"ar", "فقدت مفاتيحي", {}},
      {"en", "", {}},
  };
  for (const Case& each : cases) expect(each);
}

TEST(Suggest, ReadsTheLanguageThatItIsTold) {
  EXPECT_EQ(suggest("Fehlgeburt", "de-CH"), Topics(Topic::pregnancy_loss));
  EXPECT_TRUE(suggest("Fehlgeburt", "en").empty());
  EXPECT_TRUE(suggest("miscarriage", "mi").empty());
  EXPECT_TRUE(suggest("miscarriage", "").empty());
}

}  // namespace
}  // namespace keepsake
