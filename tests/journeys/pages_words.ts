// What the stories of pages_world.ts say: all that Markdown has, and texts in scripts that ask for other rules.

export const march = {
  title: "The week in March",
  body: `We had eleven days. On the first of them it rained so hard that the nurses put towels along the window, and nobody minded, because the window looked east and we wanted to see the morning.

I write this down in the order in which it happened. *Some of it I have from Tāne*, who kept a notebook, and some from the photos. Where we remember it differently I have left both.

PHOTO0

## The first evening

> You do not have to be brave here. You only have to be here.

She said that at the door, with her coat still on. I have thought about it on 214 of the 365 days since, and I know the number because I marked them.

PHOTO1

There were things that helped:

- the chair by the window, which could be let down;
- tea, at any hour;
- somebody who sat with us and did not speak.

And things that we would do otherwise:

1. ask for the photos on the first day, not on the last;
2. write down the names of everyone who came in;
3. go outside.

PHOTO2

## What the days were like

| day | weather | who came |
|---|---|---|
| 1 | rain | the midwife, my mother |
| 4 | clear, cold | Tāne’s aunts with far too much food |
| 11 | fog until noon | nobody; we had asked for that |

A friend found [this page](https://example.org/what-helped) later, and https://example.org/a/very/long/address/that/nobody/will/ever/type/by/hand/but/that/somebody/pasted-into-the-story?with=parameters&and=more as well.

---

The window is still there. I went back once, and stood under it, and it was only a window.`,
};

export const german = {
  title: "Als die Verwaltungsangestellten nach Hause gegangen waren",
  body: `Die Krankenhausseelsorgerin kam am Donnerstagnachmittag, und wir sprachen über die Geburtsurkunde, über die Bestattungsmöglichkeiten und über die Selbstverständlichkeit, mit der die Welt draußen weiterging. Niemand hatte uns auf die Vollständigkeit der Formulare vorbereitet.

Am Ende blieb die Dankbarkeit für die Nachtschwester, die bis zum Schichtwechsel am Freitagmorgen bei uns saß, die Beleuchtung herunterregelte und zwischen den Blutdruckmessungen kein Wort zu viel sagte.`,
};

export const arabic = {
  title: "الأسبوع الأخير من آذار",
  body: `كان لنا أحد عشر يوماً. في اليوم الأول هطل المطر بغزارة حتى وضعت الممرضات المناشف على حافة النافذة، ولم يكترث أحد، لأن النافذة كانت تطل على الشرق وكنا نريد أن نرى الصباح.

أكتب هذا *بالترتيب* الذي حدث به. بعضه من دفتر كان يكتبه زوجي، وبعضه من الصور.

> ليس عليكِ أن تكوني شجاعة هنا. يكفي أن تكوني هنا.`,
};

export const japanese = {
  title: "三月の最後の一週間",
  body: `私たちには十一日間がありました。最初の日は雨がとても強く、看護師さんたちは窓辺にタオルを並べてくれました。窓は東を向いていて、私たちは朝が見たかったのです。

起きた順番に*書いて*いきます。夫のノートから写したところもあり、写真を見て思い出したところもあります。

> ここでは強くなくていいのです。ここにいてくれるだけで。`,
};
