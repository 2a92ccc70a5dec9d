#include "demo/tale.h"

namespace keepsake::demo {
namespace {

constexpr std::string_view la_cocina =
    R"(La cocina de mi abuela tenía una sola ventana, y a las cinco de la tarde el sol entraba como un invitado que conoce la casa.

{1}

Ella decía que a esa hora no se hablaba de cosas tristes. Pelábamos habas. La radio sonaba bajito, y si alguien empezaba a llorar, ella le ponía un cuchillo en la mano y más habas delante.

Cuando murió, nadie quiso vender la mesa. Está en mi casa, contra una pared donde no da el sol. A las cinco la miro de todos modos.

*Receta, tal como la dictó:* aceite, el que pida; ajo, sin miedo; paciencia, toda.)";

constexpr std::string_view la_carta = R"(Papá:

Hoy me preguntaste tres veces cómo me llamo, y las tres veces te gustó el nombre.

No sé si publicar esto. Por ahora lo guardo.)";

constexpr std::string_view am_fluss =
    R"(Mein Bruder wollte keine Besuche mehr, nur noch den Fluss. Also haben wir ihn hingefahren, jeden Nachmittag, den ganzen August.

{1}

Er konnte nicht mehr ins Wasser. Er hat die Füße hineingestellt und die Steine sortiert, die hellen nach links. Wenn ich fragte, wozu, sagte er: »Einer muss es ja machen.«

{2}

Am letzten Abend blieben wir, bis die Hügel nur noch Umrisse waren. Er hat nicht vom Sterben gesprochen und ich auch nicht. Wir haben über Fahrräder gestritten. Es war ein guter Streit.

Im September war ich allein dort. Die hellen Steine lagen noch links.

{3})";

constexpr std::string_view troisieme_etage =
    R"(On m'a pris mes lacets, mon chargeur et un stylo. On m'a laissé la fenêtre.

{1}

Les premiers jours, je n'ai fait que regarder la lumière traverser le mur. Elle arrivait vers neuf heures au-dessus du lit, et à midi elle touchait la porte. C'était mon seul rendez-vous, et je n'en ai manqué aucun.

Une infirmière de nuit s'asseyait parfois au bord de la chaise. Elle ne demandait pas comment j'allais. Elle disait : « Je suis là jusqu'à six heures. »

{2}

Je suis sortie un mardi. Je ne raconte pas cela pour qu'on me plaigne, mais pour celle qui regarde un mur en ce moment : la lumière se déplace. C'est lent. Elle se déplace.)";

constexpr std::string_view notizen =
    R"(Einkaufen, Rechnung, Reifen. Das wollte ich eigentlich gar nicht hier aufschreiben.)";

}  // namespace

std::vector<Tale> tales_of_neighbours() {
  return {
      {.author = "ines",
       .lang = "es",
       .title = "La cocina a las cinco",
       .days_ago = 250,
       .body = la_cocina,
       .pictures = {{Scene::wall, 2,
                     "La luz de una ventana sobre una pared clara, con la sombra de unas hojas.",
                     "Las cinco y diez."}},
       .audience = {"public"}},
      {.author = "ines",
       .lang = "es",
       .title = "Carta que no envié",
       .days_ago = 140,
       .body = la_carta,
       .pictures = {},
       .audience = {"members"},
       .ending = Ending::withdrawn},
      {.author = "jonas",
       .lang = "de",
       .title = "Der letzte Sommer am Fluss",
       .days_ago = 310,
       .body = am_fluss,
       .pictures = {{Scene::stones, 3, "Kieselsteine unter flachem, klarem Wasser.",
                     "Die hellen nach links."},
                    {Scene::hills, 7,
                     "Hügelketten in der Abenddämmerung, eine hinter der anderen, darüber ein schmaler Mond.",
                     "Der letzte Abend."},
                    {Scene::lake, 17, "Ein stilles Wasser im Nebel.", "September.", false}},
       .audience = {"public"},
       .notes = {"Krebs", "Sterben"},
       .topics = {"illness", "bereavement"},
       .author_note = "Es geht um die letzten Wochen meines Bruders. Es wird nichts gezeigt, was man im "
                      "Krankenhaus sieht."},
      {.author = "claire",
       .lang = "fr",
       .title = "Une chambre au troisième étage",
       .days_ago = 190,
       .body = troisieme_etage,
       .pictures = {{Scene::wall, 21, "La lumière d'une fenêtre à petits carreaux sur un mur nu.",
                     "Onze heures."},
                    {Scene::curtain, 31, "Un rideau fermé, le jour derrière.", "", false}},
       .audience = {"door"},
       .notes = {"hôpital psychiatrique", "dépression"},
       .topics = {"depression"},
       .author_note = "Je parle d'une hospitalisation. Rien n'y est décrit de ce qui l'a précédée."},
      {.author = "jonas",
       .lang = "de",
       .title = "Notizen",
       .days_ago = 12,
       .body = notizen,
       .pictures = {},
       .ending = Ending::trashed},
  };
}

}  // namespace keepsake::demo
