using System.Globalization;
using System.Text;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tests.Tokenizers;

public class UnicodeTests
{
    // Where .NET leaves text as it is, it is no judge.
    private static readonly bool s_isInvariant = "e\u0301".Normalize(NormalizationForm.FormC) != "\u00E9";

    public static TheoryData<NormalizationForm> Forms => [NormalizationForm.FormC, NormalizationForm.FormD, NormalizationForm.FormKC, NormalizationForm.FormKD];

    [Theory]
    [MemberData(nameof(Forms))]
    public void NormalFormsAreThoseOfTheSystem(NormalizationForm form)
    {
        if (s_isInvariant)
        {
            // Then the system does nothing, and what is published is the judge alone.
            Assert.Equal(form is NormalizationForm.FormC or NormalizationForm.FormKC ? "\u1EAD" : "a\u0323\u0302", new UnicodeNormalizer(form).Normalize("a\u0302\u0323"));
            return;
        }

        var normalizer = new UnicodeNormalizer(form);
        var random = new Random(5);
        int[] interesting = [.. Enumerable.Range(0, 0x110000).Where(IsOfBothVersions)
            .Where(codePoint => char.ConvertFromUtf32(codePoint) is var text && (text.Normalize(form) != text || (Characters.GetKind(codePoint) & CharacterKind.Mark) != 0))];
        Assert.All(Enumerable.Range(0, 0x110000).Where(IsOfBothVersions), codePoint =>
        {
            string text = char.ConvertFromUtf32(codePoint);
            Assert.Equal(text.Normalize(form), normalizer.Normalize(text));
        });
        for (int i = 0; i < 20_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => char.ConvertFromUtf32(
                random.Next(3) == 0 ? random.Next('a', 'z') : random.Next(8) == 0 ? random.Next(0x1100, 0x11FF) : interesting[random.Next(interesting.Length)])));
            Assert.Equal(text.Normalize(form), normalizer.Normalize(text));
        }
    }

    [Fact]
    public void TheNormalFormOfAMarkStandsWhereItsLetterDoes()
    {
        var text = new AlignedText();
        text.Reset("xe\u0301\u0323y", 10, tracksAlignment: true);
        new UnicodeNormalizer(NormalizationForm.FormC).Normalize(text);
        Assert.Equal("x\u1EB9\u0301y", text.ToString());
        Assert.Equal([(10, 11), (11, 12), (13, 14), (14, 15)], Enumerable.Range(0, 4).Select(i => text.GetOriginalRange(i, i + 1)));
    }

    [Fact]
    public void HalfAPairIsNoCharacter()
    {
        // Not as data of a theory, which passes through UTF-8.
        foreach ((string text, string read) in new[] { ("\uD800", "\uFFFD"), ("a\uDC00b\uD83D\uDE00\uD83D", "a\uFFFDb\U0001F600\uFFFD"), ("\uDE00\uD83D", "\uFFFD\uFFFD") })
        {
            EncodedText encoded = TinyTokenizers.Bytes.Encode(text);
            Assert.Equal(TinyTokenizers.Bytes.Encode(read).Ids.AsEnumerable(), encoded.Ids);
            Assert.Equal(read, TinyTokenizers.Bytes.Decode(encoded.Ids));
            Assert.Equal(text.Length, encoded.Offsets[^1].End.Value);
        }
    }

    [Fact]
    public void EveryCharacterOfEveryPlaneComesBack()
    {
        for (int plane = 0; plane <= 0x10; plane++)
        {
            string text = string.Concat(Enumerable.Range(plane << 16, 0x10000).Where(codePoint => codePoint is < 0xD800 or > 0xDFFF).Select(char.ConvertFromUtf32));
            Assert.Equal(text, TinyTokenizers.Bytes.Decode(TinyTokenizers.Bytes.Encode(text).Ids));
        }
    }

    [Fact]
    public void EveryAssignedCharacterHasAScript() =>
        Assert.All(Enumerable.Range(0, 0x30000).Where(codePoint => CharUnicodeInfo.GetUnicodeCategory(codePoint)
            is not (UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse)), codePoint => Assert.NotEqual(UnicodeScripts.None, UnicodeScripts.Get(codePoint)));

    // The system's tables may be of a Unicode before ours.
    private static bool IsOfBothVersions(int codePoint) => codePoint is < 0xD800 or > 0xDFFF
        && CharUnicodeInfo.GetUnicodeCategory(codePoint) is not (UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse)
        && codePoint is < 0x105C0 or > 0x105FF and (< 0x10D40 or > 0x11FFF) and (< 0x16100 or > 0x1CFFF) and (< 0x1E4D0 or > 0x1E8FF);
}
