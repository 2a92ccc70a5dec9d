#pragma once
// The words by which suggest() knows what a text is about. A list holds what hardly stands for anything else;
// what often does stands among the false friends, or is left out: a missed word costs less than a wrong guess
// about somebody's life.
#include "helpline/phrases.h"
#include "helpline/topic.h"

namespace keepsake {

#define IS(topic) static_cast<int>(Topic::topic)
#define EN_KIN                                                                                         \
  "mother|father|mum|mom|mam|dad|parents|husband|wife|partner|son|daughter|child|brother|sister|twin|" \
  "grandmother|grandfather|grandma|grandpa|nana|aunt|uncle|friend"
#define EN_OURS "my|our|her|his|their"
#define DE_KIN                                                                                             \
  "mutter|vater|mama|papa|eltern|mann|frau|partner|partnerin|sohn|tochter|kind|bruder|schwester|zwilling|" \
  "großmutter|großvater|oma|opa|tante|onkel|freund|freundin"
#define DE_OURS "mein|meine|meinen|unser|unsere|unseren|sein|seine|seinen|ihr|ihre|ihren"
#define ES_KIN                                                                                           \
  "madre|padre|mamá|papá|marido|esposo|esposa|mujer|pareja|hijo|hija|hermano|hermana|abuelo|abuela|tío|" \
  "tía|amigo|amiga"
#define ES_OURS "mi|nuestro|nuestra|su"
#define FR_KIN                                                                                            \
  "mère|père|maman|papa|mari|femme|époux|épouse|compagnon|compagne|conjoint|fils|fille|frère|soeur|sœur|" \
  "oncle|tante|mamie|papi|ami|amie|enfant"
#define FR_OURS "mon|ma|notre|son|sa|leur"
#define AR_KIN "أبي|والدي|أمي|والدتي|زوجي|زوجتي|ابني|ابنتي|أخي|أختي|جدي|جدتي|خالي|خالتي|عمي|عمتي|صديقي|صديقتي"

inline constexpr WordList suggest_words[] = {
    {"en", false_friend,
     "good grief, mourning dove, widow s peak, suicide squad, great depression, economic depression, "
     "tropical depression, he|she|husband|wife|father|mother|boyfriend|partner beat me to|at, i am|m .. "
     "weeks|months|minutes, "
     "lost|lose|losing|loss .. baby|babies "
     "weight|tooth|teeth|fat|blanket|shoe|shoes|hair|bag|toy|photos|pictures|s, "
     "lost|lose|losing " EN_OURS " " EN_KIN " s, born still breathing|alive, killing myself laughing, "
     "killed himself|herself|themselves laughing, died laughing"},
    {"en", IS(pregnancy_loss),
     "miscarr*, stillb*, born still|asleep|sleeping, lost|lose|losing my|our|her|his|their|the|a "
     "baby|babies|pregnancy, "
     "loss of my|our|her|his|their|the|a baby|babies|pregnancy, pregnancy|baby|infant loss, "
     "baby|babies|twins died|dies, "
     "ectopic, molar pregnancy, no heartbeat, neonatal death, died in the womb|utero, died in utero, angel "
     "baby|babies, "
     "rainbow baby|babies, termination for medical reasons, cot death, sids"},
    {"en", IS(bereavement),
     "bereave*, grief, griev*, funeral*, mourn*, widow, widowed, widower, passed away, died in my arms, "
     "cremat*, "
     "in loving memory, buried him|her, " EN_OURS " " EN_KIN " died|dies, death of " EN_OURS " " EN_KIN
     ", lost|losing|lose " EN_OURS " " EN_KIN},
    {"en", IS(suicide),
     "suicid*, took|take|taken|taking|takes his|her|their|my|your own life, "
     "kill|kills|killed|killing himself|herself|themselves|myself|yourself, ended|ending|end "
     "his|her|their|my own life, "
     "ended|ending|end his|her|their|my life, want|wanted|wants to die, did|didn|do|don t|not want to live, "
     "self harm*, "
     "cutting|hurting myself"},
    {"en", IS(depression), "depression, depressed, depressive, antidepressant*, burnout"},
    {"en", IS(anxiety),
     "anxiety, panic attack|attacks|disorder, agoraphobi*, ptsd, post traumatic, flashbacks"},
    {"en", IS(young_people),
     "teenager*, teenage, teens, bullied, bullying, i am|m "
     "13|14|15|16|17|thirteen|fourteen|fifteen|sixteen|seventeen"},
    {"en", IS(children),
     "my|our|her|his|their kids|children, little|younger|baby brother|brothers|sister|sisters|siblings, "
     "orphan*, "
     "tell|told|telling the kids|children"},
    {"en", IS(illness),
     "cancer, leukaemia, leukemia, lymphoma, tumour*, tumor|tumors, metasta*, chemo, chemotherapy, "
     "radiotherapy, hospice*, "
     "palliative, terminally ill, terminal illness, intensive care, nicu, dialysis, transplant*, diagnosed "
     "with, dementia, "
     "alzheimer*, had|suffered a stroke, heart attack|failure|defect|disease, motor neurone, incurable, in a "
     "coma"},
    {"en", IS(violence),
     "domestic violence|abuse, abusive, abused, abuser, rape, raped, rapist, sexual|sexually "
     "assault*|abus*|violence, "
     "molest*, he|she|husband|wife|father|mother|boyfriend|partner hit|beat|punched|slapped|strangled|choked "
     "me, "
     "stalker, stalked me, women s refuge|shelter"},
    {"en", IS(parents),
     "as parents, as a parent|mother|father|mum|mom|dad, new parents|mother|father|mum|mom|dad, "
     "single parent|mother|father|mum|mom|dad, postnatal, postpartum, perinatal, premature, preemie*, nicu, "
     "newborn*, "
     "breastfe*, parenthood, motherhood, fatherhood"},

    {"de", false_friend,
     "sternzeichen krebs, große|großen depression, wirtschaftliche depression, suizid squad, todmüde, vor "
     "lachen sterben"},
    {"de", IS(pregnancy_loss),
     "fehlgeburt*, totgeburt*, stille|stillen geburt, still geboren, tot geboren, totgeboren*, "
     "stillgeboren*, "
     "sternenkind*, sternenbaby*, sterneneltern, unser|mein|ihr|sein|das|ein baby|kind verloren, "
     "baby|kind|zwillinge in der .. woche verloren, verlor|verloren ich|wir|sie unser|mein|ihr|das "
     "baby|kind, "
     "verlust der|einer|meiner|unserer schwangerschaft, verlust eines|des|unseres|meines babys|kindes, "
     "schwangerschaft verloren, kein|keinen herzschlag, eileiterschwangerschaft*, kindstod, "
     "im mutterleib gestorben|verstorben|verstarb, baby|babys gestorben|starb|verstorben"},
    {"de", IS(bereavement),
     "trauer, trauere, trauern, trauert, trauerte*, trauernd*, trauerfeier*, trauerfall, trauergruppe*, "
     "beerdigung*, "
     "begräbnis*, beisetzung*, bestattung*, witwe*, verwitwet*, hinterblieben*, verstorben*, "
     "" DE_OURS " " DE_KIN " .. gestorben|starb|verstarb|stirbt, tod "
     "meines|meiner|unseres|unserer|seines|seiner|ihres|ihrer, " DE_OURS " " DE_KIN " verloren"},
    {"de", IS(suicide),
     "suizid*, selbstmord*, selbsttötung*, freitod*, das leben genommen|nehmen|nahm, brachte|bringt sich um, "
     "sich .. umgebracht|umbringen, nicht mehr leben wollte|will|wollen, wollte|will nicht mehr leben, "
     "wollte|will|wollen sterben, sterben wollte|will|wollen, selbstverletz*"},
    {"de", IS(depression), "depression*, depressiv*, antidepressiv*, wochenbettdepression*, burnout"},
    {"de", IS(anxiety),
     "angststörung*, panikattacke*, panikstörung*, angstzustände*, agoraphobie, posttraumatisch*, "
     "flashback*"},
    {"de", IS(young_people), "teenager*, jugendliche|jugendlicher|jugendlichen, mobbing, gemobbt, pubertät"},
    {"de", IS(children),
     "meine|meinen|unsere|unseren|seine|seinen|ihre|ihren kinder|kindern, "
     "kleine|kleiner|kleinen|kleinem|kleinere|jüngerer "
     "bruder|schwester|geschwister, geschwisterkind*, waisen, waise, halbwaise*"},
    {"de", IS(illness),
     "krebs, brustkrebs, lungenkrebs, darmkrebs, hautkrebs, blutkrebs, krebserkrank*, krebsdiagnose*, "
     "hirntumor*, tumor*, "
     "leukämie*, lymphom*, metastase*, chemo, chemotherapie*, strahlentherapie*, hospiz*, palliativ*, "
     "intensivstation*, "
     "dialyse*, transplant*, schlaganfall*, herzfehler*, herzinfarkt*, demenz*, alzheimer*, unheilbar*, "
     "schwerkrank*, "
     "schwer krank, im koma"},
    {"de", IS(violence),
     "häusliche|häuslicher|häuslichen gewalt, vergewaltig*, missbraucht*, "
     "sexuelle|sexueller|sexuellen|sexuelles "
     "missbrauch*|gewalt|übergriff*|missbrauchs, misshandel*, misshandlung*, "
     "er|mann|vater|mutter|freund schlug|schlägt|würgte|verprügelte mich, hat mich "
     "geschlagen|verprügelt|gewürgt, "
     "frauenhaus*, stalker*, stalking"},
    {"de", IS(parents),
     "frühchen*, frühgeburt*, frühgeboren*, wochenbett*, alleinerziehend*, neugeborene*, neonatologie, "
     "elternschaft, "
     "als eltern|mutter|vater|mama|papa"},

    {"es", false_friend,
     "gran depresión, depresión económica|tropical|atmosférica, trópico de cáncer, signo cáncer, escuadrón "
     "suicida, "
     "duelo a muerte, retar|retó .. a duelo, quería|quiero morir de risa|vergüenza, me pegó un susto"},
    {"es", IS(pregnancy_loss),
     "aborto|abortos espontáneo|espontáneos|natural|retenido|diferido, "
     "perdí|perdimos|perdió|perdieron|perder|perdido al|el|un|mi|nuestro|su bebé|embarazo, "
     "perdí|perdimos|perdió|perdieron|perder|perdido a mi|nuestro|nuestra|su|mis|nuestros "
     "bebé|bebés|gemelos, "
     "pérdida gestacional|perinatal, pérdida del embarazo|bebé, pérdida de mi|nuestro|su|un embarazo|bebé, "
     "nació|nacido|nacida|nacer muerto|muerta, nació|nacido|nacida sin vida, mortinato*, muerte "
     "fetal|perinatal|neonatal, "
     "embarazo ectópico|molar, no tenía|había latido, sin latido, duelo gestacional|perinatal, muerte "
     "súbita"},
    {"es", IS(bereavement),
     "duelo, luto, funeral*, entierro*, velatorio, viudo|viuda|viudez, enviud*, falleci*, "
     "murió|muere|murieron " ES_OURS " " ES_KIN ", " ES_OURS " " ES_KIN " murió|muere, muerte de " ES_OURS
     " " ES_KIN ", perdí|perdimos|perdió|perder|perdido a " ES_OURS " " ES_KIN},
    {"es", IS(suicide),
     "suicid*, quitarse|quitarme|quitó|quité la vida, acabar|acabó con su|mi vida, no quería|quiero vivir, "
     "quería|quiero morir|morirme, autolesi*, hacerme daño"},
    {"es", IS(depression), "depresión, depresiones, depresiv*, deprimid*, antidepresiv*"},
    {"es", IS(anxiety),
     "ansiedad, ataque|ataques|crisis de pánico|ansiedad|angustia, trastorno de pánico, agorafobia, estrés "
     "postraumático"},
    {"es", IS(young_people), "adolescente*, adolescencia, acoso escolar, bullying"},
    {"es", IS(children),
     "mis|nuestros|sus|nuestras hijos|hijas|niños|niñas, hermanito*, hermanita*, hermano|hermana|hermanos "
     "pequeño|pequeña|menor|"
     "pequeños, huérfan*"},
    {"es", IS(illness),
     "cáncer, tumor*, leucemia*, linfoma*, metástasis, quimio, quimioterapia*, radioterapia*, cuidados "
     "paliativos|intensivos, "
     "uci, diálisis, trasplante*, ictus, derrame cerebral, infarto*, demencia*, alzheimer, "
     "enfermedad grave|terminal|incurable, me|le|nos|les diagnosticaron"},
    {"es", IS(violence),
     "violencia doméstica|machista|familiar|sexual, violencia de género, maltrat*, abuso|abusos "
     "sexual|sexuales, "
     "abusó|abusaba|abusaron de mí, violada, violador*, me violó|violaron, violación sexual, "
     "agresión|agresiones sexual|sexuales, "
     "me pegaba|pegó|golpeaba|golpeó"},
    {"es", IS(parents),
     "prematur*, posparto, postparto, recién nacido|nacida|nacidos, madre|padre soltera|soltero, como "
     "madre|padre|padres, "
     "lactancia, maternidad, paternidad, crianza, neonatos"},

    {"fr", false_friend,
     "grande dépression, dépression économique|tropicale|atmosphérique, tropique du cancer, signe du cancer, "
     "suicide squad, "
     "envie|voulais|voulait .. mourir de rire|honte|faim, me battait aux|au"},
    {"fr", IS(pregnancy_loss),
     "fausse|fausses couche|couches, mort|morte|morts né|née|nés, mort in utero, morte in utero, mort "
     "foetale|fœtale|périnatale, "
     "deuil périnatal, grossesse ectopique|molaire, grossesse extra utérine, né|née|nés sans vie, "
     "perdu|perdre|perdons|perdions|perd|perdait notre|mon|son|leur|le|un|nos|les bébé|bébés, "
     "perte de notre|mon|ma|la|leur|son|sa bébé|grossesse, perte du bébé, perte d un bébé, interruption "
     "médicale, "
     "coeur|cœur ne bat|battait plus, mort subite"},
    {"fr", IS(bereavement),
     "deuil*, endeuill*, obsèques, enterrement*, funérailles, veuf, veuve*, veuvage, décès, décéd*, " FR_OURS
     " " FR_KIN " est mort|morte, mort de " FR_OURS " " FR_KIN ", perdu|perdre|perd " FR_OURS " " FR_KIN},
    {"fr", IS(suicide),
     "suicid*, mis|mettre|met|mettait fin à mes|ses|leurs jours, mis|mettre|met|mettait fin à ma|sa|leur "
     "vie, "
     "est|suis|étais|était donné la mort, se|me donner la mort, envie de mourir, voulais|voulait|veux "
     "mourir, "
     "plus envie de vivre, automutil*, scarifi*"},
    {"fr", IS(depression),
     "dépression, dépressions, dépressif|dépressifs|dépressive|dépressives, déprimé|déprimée, antidépress*, "
     "burn out, burnout"},
    {"fr", IS(anxiety),
     "anxiété, anxieux|anxieuse, crise|crises|attaque|attaques de panique, crise|crises d "
     "angoisse|angoisses, "
     "trouble|troubles anxieux|panique, agoraphob*, stress post"},
    {"fr", IS(young_people), "adolescent*, adolescence, ado, ados, harcèlement scolaire"},
    {"fr", IS(children),
     "mes|nos|ses|leurs enfants, petit|petite|petits|petites frère|frères|soeur|soeurs|sœur|sœurs, "
     "orphelin*, fratrie"},
    {"fr", IS(illness),
     "cancer*, tumeur*, leucémie*, lymphome*, métastas*, chimio, chimiothérapie*, radiothérapie*, "
     "soins palliatifs|intensifs, réanimation, dialyse*, greffe du|de rein|foie|coeur|cœur|moelle, avc, "
     "infarctus, démence*, "
     "alzheimer, maladie grave|incurable, phase terminale"},
    {"fr", IS(violence),
     "violence|violences "
     "conjugale|conjugales|domestique|domestiques|familiale|familiales|sexuelle|sexuelles, viol, viols, "
     "violée, violeur*, m a violée|violé|frappé|frappée|battue|étranglée, agression|agressions "
     "sexuelle|sexuelles, "
     "abus sexuel|sexuels, me frappait|battait|cognait|étranglait, maltrait*, inceste, femme|femmes "
     "battue|battues"},
    {"fr", IS(parents),
     "prématur*, post partum, postpartum, nouveau né|nés, mère|père|maman|papa célibataire|solo, "
     "comme parent|parents|mère|père|maman|papa, en tant que parent|parents|mère|père|maman|papa, "
     "allaitement, maternité, "
     "paternité, parentalité, jeunes parents|mamans, néonat*"},

    {"ar", IS(pregnancy_loss),
     "إجهاض*, أجهضت, فقدت|فقدنا|خسرت|خسرنا جنين*|حملي|حملها|طفلي|طفلنا|طفلتي|طفلتنا|رضيع*|مولود*|توأم*, "
     "فقدان|خسارة جنين*|حمل|طفل|رضيع, ولد|ولدت ميتا|ميتة, توقف|توقفت نبض|قلب جنين*, لا|بلا|دون نبض, "
     "مات|ماتت|توفي|توفيت جنين*|رضيع*|طفلي|طفلنا|طفلتي|طفلتنا, حمل خارج رحم"},
    {"ar", IS(bereavement),
     "حداد, جنازة, عزاء, تعازي, وفاة, توفي, توفيت, أرملة, أرمل, ثكلى, مات|ماتت|رحل|رحلت " AR_KIN
     ", فقدت|فقدنا|خسرت " AR_KIN ", موت|رحيل|فقدان " AR_KIN},
    {"ar", IS(suicide),
     "انتحر*, انتحار*, منتحر*, ينتحر|تنتحر|أنتحر, أنهى|أنهت|إنهاء|أنهي حياته|حياتها|حياتي, قتل|قتلت "
     "نفسه|نفسها|نفسي, "
     "أريد|أردت|تمنيت أن أموت, أريد|أردت|تمنيت موت, لا|لم أريد|أرغب .. حياة, إيذاء نفس|نفسي"},
    {"ar", IS(depression), "اكتئاب*, مكتئب*"},
    {"ar", IS(anxiety), "نوبة|نوبات هلع|ذعر|قلق, اضطراب|اضطرابات قلق|هلع, رهاب, ما بعد صدمة"},
    {"ar", IS(young_people), "مراهق*, مراهقة, تنمر*"},
    {"ar", IS(children),
     "أطفالي, أطفالنا, أطفالها, أبنائي, أبنائنا, أولادي, أولادنا, أخي|أختي صغير|صغيرة, يتيم*, أيتام"},
    {"ar", IS(illness),
     "سرطان*, ورم, أورام, علاج كيميائي|كيماوي|إشعاعي, لوكيميا, ابيضاض, عناية مركزة|مشددة, غسيل كلى|كلوي, "
     "زهايمر, خرف, "
     "سكتة دماغية, نوبة|جلطة قلبية, زراعة|زرع كلية|كبد|قلب|نخاع, مرض خطير|عضال|خبيث|مزمن, رعاية تلطيفية"},
    {"ar", IS(violence),
     "عنف أسري|منزلي|جنسي, اغتصاب*, اغتصب*, تحرش*, اعتداء|اعتداءات جنسي|جنسية, ضربني, يضربني, ضربها, يضربها, "
     "يعنفني"},
    {"ar", IS(parents),
     "أمومة, أبوة, أم|أب عزباء|أعزب|وحيدة, حديث|حديثي ولادة, رضاعة, خديج, خدج, ولادة مبكرة, بعد ولادة"},
};

#undef IS
#undef EN_KIN
#undef EN_OURS
#undef DE_KIN
#undef DE_OURS
#undef ES_KIN
#undef ES_OURS
#undef FR_KIN
#undef FR_OURS
#undef AR_KIN

}  // namespace keepsake
