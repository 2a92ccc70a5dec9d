#include "demo/tale.h"

namespace keepsake::demo {
namespace {

constexpr std::string_view rain_on_the_window =
    R"(في الليلة التي رحلتُ فيها عن بيتي كان المطر ينزل على النافذة، وكانت أمي تطوي الثياب ببطء، كأنها تؤجّل الصباح.

{1}

لم نتكلم كثيرًا. قالت: خذ معك المفتاح. قلت: لن يكون هناك باب. قالت: خذه مع ذلك.

مرّت سنوات. المفتاح معلّق الآن بجانب نافذة أخرى، في مدينة أخرى. حين ينزل المطر أنظر إليه، ولا أحزن كما كنت أحزن. أفكّر في يديها وهما تطويان الثياب.

من يقرأ هذا ومعه مفتاح بلا باب: لستَ وحدك.)";

constexpr std::string_view the_river =
    R"(I ia ata ka hīkoi māua ko taku kuia ki te awa. Kāore ia e kōrero nui. Ka noho ia ki runga i tētahi kōhatu, ka whakarongo ki te wai.

{1}

I mea mai ia: «Ahakoa haere te wai, ka noho tonu te awa.» Kāore au i mārama i taua wā.

Kua riro ia ināianei. Ka haere tonu au ki te awa. Ka noho au ki taua kōhatu anō, ka whakarongo. He mokemoke, engari he rangimārie hoki.

{2}

Moe mai rā, e kui.

---

*In English: each morning my grandmother and I walked to the river. She said: though the water goes, the river stays. I did not understand her then. She is gone now, and I still go and sit on the same stone.*)";

constexpr std::string_view fathers_walk = R"(父は毎朝、同じ道を歩いた。雨の日も、霧の日も。

{1}

私が子どものころ、一度だけついて行ったことがある。父は何も話さなかった。橋の手前で立ち止まり、しばらく木を見て、また歩き出した。それだけだった。

父がいなくなってから、私はその道を歩いてみた。橋の手前で立ち止まると、枝に花が咲いていた。父はこれを見ていたのだと、四十年たって知った。

{2}

今は私が毎朝歩いている。何も話さずに。)";

constexpr std::string_view mothers_courtyard =
    R"(माँ के आँगन में एक दीया हर शाम जलता था। बिजली हो या न हो, दीया जलता था।

{1}

मैंने एक बार पूछा, "किसके लिए?" उन्होंने कहा, "जो देर से आए, उसके लिए।"

अस्पताल में उनके आख़िरी दिनों में मैंने खिड़की पर एक छोटा दीया रखा। नर्स ने देखा, कुछ नहीं कहा, और परदा थोड़ा-सा हटा दिया ताकि बाहर से भी दिखे।

{2}

अब आँगन नहीं है, पर शाम होती है तो हाथ अपने आप माचिस ढूँढता है।)";

constexpr std::string_view a_garden =
    R"(Дід посадив цей сад у рік, коли народилася мама. Він казав: дерево не питає, хто його садив.

{1}

Цього року ми приїхали пізно. Будинок стояв зачинений, стежка заросла. А гілка над колодязем цвіла, ніби хтось її про це попросив.

{2}

Узимку я була там ще раз. Сніг лежав рівно, без жодного сліду. Я постояла біля хвіртки й не зайшла, щоб залишити його таким.)";

}  // namespace

std::vector<Tale> tales_from_afar() {
  return {
      {.author = "yusuf",
       .lang = "ar",
       .title = "مطرٌ على النافذة",
       .days_ago = 95,
       .body = rain_on_the_window,
       .pictures = {{Scene::rain, 14, "قطرات مطر على زجاج نافذة في المساء، وخلفها أضواء بعيدة.",
                     "تلك الليلة، كما أتذكّرها."}},
       .audience = {"public"}},
      {.author = "marama",
       .lang = "mi",
       .title = "Te awa i te ata",
       .days_ago = 170,
       .body = the_river,
       .pictures = {{Scene::stones, 12, "He kōhatu i raro i te wai mārama.", "Te awa."},
                    {Scene::lake, 23, "He kohu kei runga i te wai i te ata.", ""}},
       .audience = {"public"}},
      {.author = "haruko",
       .lang = "ja",
       .title = "父の散歩道",
       .days_ago = 118,
       .body = fathers_walk,
       .pictures = {{Scene::path, 4, "霧の林の中を通る一本の道。", "父の道。"},
                    {Scene::blossom, 5, "枝に咲いた淡い花。", "橋の手前で。"}},
       .audience = {"members"}},
      {.author = "meera",
       .lang = "hi",
       .title = "माँ का आँगन",
       .days_ago = 76,
       .body = mothers_courtyard,
       .pictures = {{Scene::candle, 9, "लकड़ी की मेज़ पर जलती हुई एक मोमबत्ती।", "शाम।"},
                    {Scene::curtain, 44, "बंद परदा, उसके पीछे दिन की रोशनी।", ""}},
       .audience = {"circle:घर", "person:claire"},
       .notes = {"अस्पताल", "माँ की मृत्यु"},
       .topics = {"bereavement", "parents"}},
      {.author = "oksana",
       .lang = "uk",
       .title = "Сад",
       .days_ago = 47,
       .body = a_garden,
       .pictures = {{Scene::blossom, 13, "Гілка з білими й рожевими квітами.", "Травень."},
                    {Scene::tree, 15, "Голе дерево на засніженому схилі.", "Січень.", false}},
       .audience = {"members"}},
  };
}

}  // namespace keepsake::demo
