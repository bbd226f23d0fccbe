// Writes Normalization.txt and Scripts.txt, beside this file, from the Unicode data that node carries.
// Run again with a newer node to take up a newer Unicode: node generate.mjs
import { writeFileSync } from 'node:fs';

const header = `# Made by generate.mjs from Unicode ${process.versions.unicode} (https://www.unicode.org/license.txt)\n`;
const hex = codePoint => codePoint.toString(16).toUpperCase();
const text = codePoint => String.fromCodePoint(codePoint);
const codePoints = string => [...string].map(character => character.codePointAt(0));

const all = [];
for (let codePoint = 0; codePoint <= 0x10FFFF; codePoint++) {
    if (codePoint < 0xD800 || codePoint > 0xDFFF) all.push(codePoint);
}

// One mark of every canonical combining class, which tell the classes of all others: marks of different classes
// change places when they stand in the wrong order. Marks that decompose are never asked for theirs.
const classes = `1:334 6:16FF0 7:93C 8:3099 9:94D 10:5B0 11:5B1 12:5B2 13:5B3 14:5B4 15:5B5 16:5B6 17:5B7 18:5B8 19:5B9
20:5BB 21:5BC 22:5BD 23:5BF 24:5C1 25:5C2 26:FB1E 27:64B 28:64C 29:64D 30:618 31:619 32:61A 33:651 34:652 35:670 36:711
84:C55 91:C56 103:E38 107:E48 118:EB8 122:EC8 129:F71 130:F72 132:F74 202:321 214:1DCE 216:31B 218:1DFA 220:316 222:59A
224:302E 226:1D16D 228:5AE 230:300 232:315 233:35C 234:35D 240:345`
    .split(/\s+/).map(entry => entry.split(':')).map(([number, mark]) => [Number(number), text(parseInt(mark, 16))]);

const swaps = (first, second) => (first + second).normalize('NFD') !== first.normalize('NFD') + second.normalize('NFD');

function combiningClass(codePoint) {
    const mark = text(codePoint);
    if (!/\p{M}/u.test(mark) || mark.normalize('NFD') !== mark) return 0;
    const before = classes.filter(([, reference]) => swaps(reference, mark)).length;
    const after = classes.filter(([, reference]) => swaps(mark, reference)).length;
    if (before === 0 && after === 0) return 0;
    return classes.find(([, reference]) => !swaps(reference, mark) && !swaps(mark, reference))[0];
}

const isHangulSyllable = codePoint => codePoint >= 0xAC00 && codePoint <= 0xD7A3;
const decompositions = [], compatibilities = [], compositions = [];
for (const codePoint of all.filter(codePoint => !isHangulSyllable(codePoint))) {
    const character = text(codePoint), canonical = character.normalize('NFD'), compatible = character.normalize('NFKD');
    if (canonical !== character) decompositions.push(`${hex(codePoint)} ${codePoints(canonical).map(hex).join(' ')}`);
    if (compatible !== canonical) compatibilities.push(`${hex(codePoint)} ${codePoints(compatible).map(hex).join(' ')}`);
    const parts = codePoints(canonical);
    if (parts.length > 1 && character.normalize('NFC') === character) {
        const first = codePoints(String.fromCodePoint(...parts.slice(0, -1)).normalize('NFC'));
        if (first.length !== 1) throw new Error(`No pair composes ${hex(codePoint)}`);
        compositions.push(`${hex(first[0])} ${hex(parts.at(-1))} ${hex(codePoint)}`);
    }
}

function ranges(numbers) {
    const found = [];
    for (const number of numbers) {
        if (found.length > 0 && found.at(-1)[1] === number - 1) found.at(-1)[1] = number;
        else found.push([number, number]);
    }
    return found.map(([first, last]) => first === last ? hex(first) : `${hex(first)}-${hex(last)}`).join(' ');
}

const byClass = new Map();
for (const codePoint of all) {
    const number = combiningClass(codePoint);
    if (number > 0) byClass.set(number, [...byClass.get(number) ?? [], codePoint]);
}
const classLines = [...byClass].sort(([a], [b]) => a - b).map(([number, marks]) => `${number} ${ranges(marks)}`);

writeFileSync(new URL('Normalization.txt', import.meta.url), header + [
    '# combining classes: number, code points', ...classLines,
    '# full canonical decompositions: code point, its parts', ...decompositions,
    '# full compatibility decompositions, where they differ', ...compatibilities,
    '# compositions: first, second, composed', ...compositions].join('\n') + '\n');

const scripts = `Adlam Ahom Anatolian_Hieroglyphs Arabic Armenian Avestan Balinese Bamum Bassa_Vah Batak Bengali Bhaiksuki
Bopomofo Brahmi Braille Buginese Buhid Canadian_Aboriginal Carian Caucasian_Albanian Chakma Cham Cherokee Chorasmian
Common Coptic Cuneiform Cypriot Cypro_Minoan Cyrillic Deseret Devanagari Dives_Akuru Dogra Duployan
Egyptian_Hieroglyphs Elbasan Elymaic Ethiopic Garay Georgian Glagolitic Gothic Grantha Greek Gujarati Gunjala_Gondi
Gurmukhi Gurung_Khema Han Hangul Hanifi_Rohingya Hanunoo Hatran Hebrew Hiragana Imperial_Aramaic Inherited
Beria_Erfe Sidetic Tai_Yo Tolong_Siki Inscriptional_Pahlavi Inscriptional_Parthian Javanese Kaithi Kannada Katakana Kawi Kayah_Li Kharoshthi
Khitan_Small_Script Khmer Khojki Khudawadi Kirat_Rai Lao Latin Lepcha Limbu Linear_A Linear_B Lisu Lycian Lydian
Mahajani Makasar Malayalam Mandaic Manichaean Marchen Masaram_Gondi Medefaidrin Meetei_Mayek Mende_Kikakui
Meroitic_Cursive Meroitic_Hieroglyphs Miao Modi Mongolian Mro Multani Myanmar Nabataean Nag_Mundari Nandinagari
New_Tai_Lue Newa Nko Nushu Nyiakeng_Puachue_Hmong Ogham Ol_Chiki Ol_Onal Old_Hungarian Old_Italic Old_North_Arabian
Old_Permic Old_Persian Old_Sogdian Old_South_Arabian Old_Turkic Old_Uyghur Oriya Osage Osmanya Pahawh_Hmong Palmyrene
Pau_Cin_Hau Phags_Pa Phoenician Psalter_Pahlavi Rejang Runic Samaritan Saurashtra Sharada Shavian Siddham SignWriting
Sinhala Sogdian Sora_Sompeng Soyombo Sundanese Sunuwar Syloti_Nagri Syriac Tagalog Tagbanwa Tai_Le Tai_Tham Tai_Viet
Takri Tamil Tangsa Tangut Telugu Thaana Thai Tibetan Tifinagh Tirhuta Todhri Toto Tulu_Tigalari Ugaritic Vai Vithkuqi
Wancho Warang_Citi Yezidi Yi Zanabazar_Square`.split(/\s+/);
writeFileSync(new URL('Scripts.txt', import.meta.url), header + scripts.map(script => {
    const belongs = new RegExp(`\\p{Script=${script}}`, 'u');
    return `${script} ${ranges(all.filter(codePoint => belongs.test(text(codePoint))))}\n`;
}).join(''));
