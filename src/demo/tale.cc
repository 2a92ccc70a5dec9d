#include "demo/tale.h"

#include <algorithm>
#include <functional>
#include <iterator>

namespace keepsake::demo {

std::vector<CastMember> cast() {
  return {
      {"hannah", "Hannah", "runs this place; a mother whose daughter lived for eleven days", true},
      {"tom", "Tom", "her husband; in her circle Family"},
      {"ines", "Inés", "Hannah's sister-in-law; in her circle Family; writes in Spanish"},
      {"jonas", "Jonas", "lost his brother; writes in German"},
      {"claire", "Claire", "in Hannah's circle of people who have lived this; writes in French"},
      {"meera", "मीरा", "in the same circle; writes in Hindi"},
      {"yusuf", "يوسف", "writes in Arabic"},
      {"marama", "Mārama", "writes in te reo Māori"},
      {"haruko", "晴子", "writes in Japanese"},
      {"oksana", "Оксана", "writes in Ukrainian"},
      {"sam", "Sam", "a member who is in no circle: sees what anybody with an account may see"},
  };
}

std::vector<CastCircle> cast_circles() {
  return {
      {"hannah", "Family", {"tom", "ines"}},
      {"hannah", "People who have lived this", {"claire", "meera"}},
      {"meera", "घर", {"hannah", "yusuf"}},
      {"jonas", "Alte Freunde", {"claire", "haruko"}},
  };
}

std::vector<Tale> tales() {
  std::vector<Tale> all = tales_of_a_family();
  for (const auto& more : {tales_of_neighbours(), tales_from_afar()})
    std::ranges::copy(more, std::back_inserter(all));
  std::ranges::stable_sort(all, std::greater(), &Tale::days_ago);
  return all;
}

}  // namespace keepsake::demo
