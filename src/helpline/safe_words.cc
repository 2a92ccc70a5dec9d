#include "helpline/safe_words.h"

#include <algorithm>
#include <array>
#include <optional>

#include "helpline/phrases.h"

namespace keepsake {
namespace {

using Kind = Passage::Kind;

// What a phrase says of the text around it.
enum Says : int {
  about,         // it is about suicide
  wording,       // the same, in words that judge
  act,           // the same, and how
  act_if_about,  // how, where the text is about suicide
  means_near,    // how, where this sentence or the one beside it is
  place_near,    // where, likewise
  wording_near,  // words that judge, likewise
};

#define SELF_EN "himself|herself|themselves|themself|myself|yourself"

constexpr WordList lists[] = {
    {"en", false_friend, "suicide squad, kill|kills|killed|killing " SELF_EN " laughing"},
    {"en", about,
     "suicid*, took|take|taken|taking|takes his|her|their|my|your own life, "
     "kill|kills|killed|killing " SELF_EN
     ", ended|ending|end his|her|their|my own life, ended|ending|end his|her|their|my life"},
    {"en", wording,
     "commit|commits|committed|committing suicide, successful|unsuccessful|failed|completed suicide*, "
     "successful|unsuccessful|failed suicidal attempt*"},
    {"en", wording_near, "successful|unsuccessful|failed attempt|attempts"},
    {"en", act,
     "hang|hanged|hung|hanging " SELF_EN
     ", shot|shoot|shooting|drowned|drowning|poisoned|gassed|suffocated " SELF_EN
     ", slit|cut his|her|their|my wrist|wrists, jumped|jumping|jump|leapt to his|her|their|my death, "
     "threw|throw|throwing " SELF_EN " off|from|under|before, threw|throw|throwing " SELF_EN " in front"},
    {"en", act_if_about,
     "overdos*, jumped|jumping|jump|leapt|leaped from|off, in front of a|the train, by hanging, asphyxia*"},
    {"en", means_near,
     "rope, noose, ligature, pills, tablets, gun, shotgun, pistol, rifle, razor, blade, carbon monoxide, "
     "exhaust, poison, "
     "pesticide*"},
    {"en", place_near,
     "bridge, cliff, cliffs, railway, tracks, level crossing, platform, rooftop, roof, balcony, woods, "
     "forest, quarry, "
     "car park, viaduct, tower block"},

    {"de", false_friend, "suizid squad"},
    {"de", about,
     "suizid*, selbstmord*, selbsttötung*, freitod*, das leben genommen|nehmen|nahm, brachte|bringt sich um, "
     "sich .. umgebracht|umbringen, nahm|nimmt sich das leben"},
    {"de", wording,
     "selbstmord|suizid|selbstmordversuch|suizidversuch begangen|begehen|beging|begeht|verübt|verübte, "
     "beging|begeht|begehen|verübte selbstmord|suizid|einen selbstmord|suizid, "
     "erfolgreicher|erfolgreichen|erfolgloser|erfolglosen|gescheiterter|gescheiterten|missglückter|"
     "missglückten "
     "suizid*|selbstmord*"},
    {"de", wording_near,
     "erfolgreicher|erfolgreichen|erfolgloser|gescheiterter|gescheiterten|missglückter|missglückten versuch"},
    {"de", act,
     "sich .. erhängt|erhängen|erschossen|erschießen|ertränkt|vergiftet, "
     "erhängte|erschoss|ertränkte|vergiftete sich, "
     "pulsadern, vor einen|den zug geworfen|gesprungen|gelegt, warf sich vor"},
    {"de", act_if_about,
     "überdosis, überdosen, sprang|springt von|vom|aus, vom|von|aus .. gesprungen|gestürzt, vor den|einen "
     "zug"},
    {"de", means_near,
     "tabletten, schlaftabletten, pillen, strick, seil, pistole, gewehr, rasierklinge*, gift, abgase, "
     "pestizid*"},
    {"de", place_near,
     "brücke, gleis, gleise, gleisen, bahnsteig, bahnhof, bahnübergang, klippe*, dach, balkon, hochhaus, "
     "wald, parkhaus, "
     "steinbruch, viadukt"},

    {"es", false_friend, "escuadrón suicida"},
    {"es", about, "suicid*, quitarse|quitarme|quitó|quitado la vida, acabar|acabó con su|mi vida"},
    {"es", wording,
     "cometer|cometió|comete|cometido|cometieron suicidio, cometer|cometió|comete|cometido un|el suicidio, "
     "suicidio consumado|exitoso|fallido|frustrado, intento|intentos de suicidio "
     "fallido|fallidos|frustrado|frustrados|exitoso"},
    {"es", wording_near, "intento|intentos fallido|fallidos|frustrado|frustrados|exitoso|exitosos"},
    {"es", act,
     "se ahorcó|ahorca|ahorcaron, ahorcarse, ahorcado, ahorcada, se pegó un tiro, pegarse un tiro, se cortó "
     "las venas, "
     "cortarse las venas, se envenenó, envenenarse, se arrojó|tiró|lanzó al tren|vacío"},
    {"es", act_if_about,
     "sobredosis, saltó|saltar desde|del|de|por, se arrojó|tiró|lanzó al|del|desde|por, se disparó"},
    {"es", means_near,
     "pastillas, píldoras, soga, cuerda, pistola, escopeta, veneno, cuchilla, pesticida*, monóxido"},
    {"es", place_near,
     "puente, acantilado*, vías, andén, azotea, tejado, balcón, viaducto, estación, bosque, cantera, "
     "aparcamiento"},

    {"fr", false_friend, "suicide squad"},
    {"fr", about,
     "suicid*, mis|mettre|met|mettait fin à mes|ses|leurs jours, mis|mettre|met|mettait fin à ma|sa|leur "
     "vie, "
     "est|suis|étais|était donné la mort, se|me donner la mort, est|s ôté la vie"},
    {"fr", wording,
     "commettre|commis|commet|commit|commettait un|le suicide, commettre|commis|commet|commit suicide, "
     "suicide réussi|raté|manqué|abouti, tentative|tentatives de suicide "
     "réussie|ratée|manquée|ratées|manquées"},
    {"fr", wording_near, "tentative|tentatives réussie|ratée|manquée|ratées|manquées"},
    {"fr", act,
     "s est|était pendu|pendue, se|me pendre, se|me tirer une balle, s est tiré une balle, "
     "ouvert|tranché|ouvrir|trancher les "
     "veines, s est jeté|jetée sous, se|me jeter sous, s est défenestré|défenestrée, se défenestrer, s est "
     "noyé|noyée"},
    {"fr", act_if_about,
     "overdose*, surdose*, sauté|sauter|saute du|de|d|depuis|par, jeté|jetée|jeter du|de|d|par, pendaison"},
    {"fr", means_near,
     "comprimés, cachets, somnifères, corde, pistolet, fusil, poison, lame, pesticide*, monoxyde"},
    {"fr", place_near,
     "pont, falaise*, rails, voie, voies, quai, gare, toit, balcon, forêt, viaduc, carrière, parking"},

    {"ar", about,
     "انتحر*, انتحار*, منتحر*, ينتحر|تنتحر|أنتحر, أنهى|أنهت|إنهاء|أنهي حياته|حياتها|حياتي, قتل|قتلت "
     "نفسه|نفسها|نفسي"},
    {"ar", wording,
     "ارتكب|ارتكبت|ارتكاب|يرتكب|ترتكب انتحار*, أقدم|أقدمت على ارتكاب انتحار, انتحار ناجح|فاشل, "
     "محاولة انتحار ناجحة|فاشلة"},
    {"ar", wording_near, "محاولة ناجحة|فاشلة"},
    {"ar", act,
     "شنق|شنقت نفسه|نفسها|نفسي, أطلق|أطلقت نار|رصاص على نفسه|نفسها, قطع|قطعت شرايين*|شريان*|وريد*, "
     "أغرق|أغرقت نفسه|نفسها"},
    {"ar", act_if_about, "جرعة زائدة|مفرطة, قفز|قفزت من, ألقى|ألقت|رمى|رمت نفسه|نفسها|بنفسه|بنفسها, شنقا"},
    {"ar", means_near, "حبوب, أقراص, حبل, مسدس, بندقية, سموم, مبيدات, شفرة, موسى"},
    {"ar", place_near, "جسر, سكة, قضبان, محطة, سطح, شرفة, منحدر, غابة"},
};

#undef SELF_EN

bool is_about_suicide(int says) {
  return says == about || says == wording || says == act;
}
bool is_for_near(int says) {
  return says == means_near || says == place_near || says == wording_near;
}

std::optional<Kind> kind_of(int says) {
  switch (says) {
    case act:
    case act_if_about:
    case means_near:
      return Kind::method;
    case wording:
    case wording_near:
      return Kind::wording;
    case place_near:
      return Kind::place;
    default:
      return std::nullopt;
  }
}

// The sentences that are about suicide, sorted.
std::vector<std::uint32_t> sentences_about(const TextWords& text, const std::vector<FoundPhrase>& all) {
  std::vector<std::uint32_t> sentences;
  for (const FoundPhrase& found : all)
    if (is_about_suicide(found.what)) sentences.push_back(text[found.first].sentence);
  return sentences;
}

// Whether one of `sentences` is this one or stands beside it.
bool is_near(std::uint32_t sentence, const std::vector<std::uint32_t>& sentences) {
  const auto from = std::ranges::lower_bound(sentences, sentence == 0 ? 0 : sentence - 1);
  return from != sentences.end() && *from <= sentence + 1;
}

Passage passage_of(const TextWords& text, const FoundPhrase& found, Kind kind) {
  const auto& first = text[found.first];
  const auto& last = text[found.last];
  return {first.offset, last.offset + last.length - first.offset, kind};
}

// Puts `passage` behind the ones before it; of two that overlap, the longer one stands.
void put(std::vector<Passage>& passages, const Passage& passage) {
  if (!passages.empty() && passage.offset < passages.back().offset + passages.back().length) {
    if (passage.length > passages.back().length) passages.back() = passage;
  } else if (passages.size() < most_passages) {
    passages.push_back(passage);
  }
}

}  // namespace

std::string_view word_of(Passage::Kind kind) {
  constexpr std::array<std::string_view, 3> words = {"method", "wording", "place"};
  return words.at(static_cast<std::size_t>(kind));
}

std::vector<Passage> passages_to_reconsider(std::string_view text, std::string_view language) {
  static const PhraseBook book(lists);
  const Phrases* const phrases = book.of(language);
  if (!phrases) return {};
  const TextWords words(text);
  std::vector<FoundPhrase> all;
  phrases->find(words, [&](const FoundPhrase& found) { all.push_back(found); });
  const auto sentences = sentences_about(words, all);
  if (sentences.empty()) return {};
  std::vector<Passage> passages;
  for (const FoundPhrase& found : all) {
    const auto kind = kind_of(found.what);
    if (!kind || (is_for_near(found.what) && !is_near(words[found.first].sentence, sentences))) continue;
    put(passages, passage_of(words, found, *kind));
  }
  return passages;
}

}  // namespace keepsake
