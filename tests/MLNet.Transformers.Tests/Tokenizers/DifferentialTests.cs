using System.Text;
using MLNet.Transformers.Tokenizers;
using Xunit.Abstractions;

namespace MLNet.Transformers.Tests.Tokenizers;

/// <summary>Compares with the tokenizers of Hugging Face on texts made to confuse tokenizers.</summary>
/// <remarks>
/// The one in Rust is the referee: we give what it gives but for what <see cref="ReferenceComparison"/> names. The one in
/// JavaScript is told apart from both only in the test's output: it takes U+0085 as no white space and U+FEFF as some,
/// ends a lower-case word in a final sigma, sees no Chinese characters beyond the basic plane, takes compatibility jamo
/// apart in another order, drops the second text where no post-processor asks for it, and lacks some parts altogether.
/// </remarks>
public class DifferentialTests(ITestOutputHelper output)
{
    private const int Seed = 20260101, Mixtures = 400;

    private static readonly Lazy<Dictionary<string, IReadOnlyList<ReferenceEncoding>>> s_answers = new(AnswerVariants);

    public static TheoryData<string> Tokenizers => [.. SharedTokenizers.All];

    public static TheoryData<string> Variants => [.. DifferentialVariants.All.Keys];

    [ReferenceTheory(NeedsSharedData = true)]
    [MemberData(nameof(Tokenizers))]
    public void PublishedTokenizersGiveWhatTheReferencesGive(string name)
    {
        TransformerTokenizer tokenizer = SharedTokenizers.Load(name);
        ReferenceText[] texts = [.. Texts(Mixtures)];
        Compare(tokenizer, texts, ReferenceTokenizers.Encode([(tokenizer, texts)])[0]);
    }

    [ReferenceTheory]
    [MemberData(nameof(Variants))]
    public void PartsAndOptionsGiveWhatTheReferencesGive(string name) =>
        Compare(DifferentialVariants.All[name], [.. Texts(Mixtures / 4)], s_answers.Value[name]);

    private static Dictionary<string, IReadOnlyList<ReferenceEncoding>> AnswerVariants()
    {
        ReferenceText[] texts = [.. Texts(Mixtures / 4)];
        IReadOnlyList<IReadOnlyList<ReferenceEncoding>> answers = ReferenceTokenizers.Encode([.. DifferentialVariants.All.Values.Select(tokenizer => (tokenizer, (IReadOnlyList<ReferenceText>)texts))]);
        return DifferentialVariants.All.Keys.Zip(answers).ToDictionary();
    }

    private static IEnumerable<ReferenceText> Texts(int mixtures)
    {
        string[] texts = [.. AdversarialTexts.Generate(Seed, mixtures)];
        string[] mixed = texts[^mixtures..];
        return
        [
            .. texts.Select(text => new ReferenceText(text)),
            .. mixed[..(mixtures / 4)].Zip(mixed[(mixtures / 4)..], (first, second) => new ReferenceText(first, second)),
            .. mixed[..(mixtures / 8)].Zip(mixed[(mixtures / 8)..], (first, second) => new ReferenceText(first, second, AddSpecialTokens: false))
        ];
    }

    private void Compare(TransformerTokenizer tokenizer, ReferenceText[] texts, IReadOnlyList<ReferenceEncoding> answers)
    {
        var comparison = new ReferenceComparison(tokenizer);
        foreach ((ReferenceText text, ReferenceEncoding answer) in texts.Zip(answers))
        {
            comparison.Compare(text, answer.Rust);
        }

        (ReferenceText Text, ReferenceEncoding Answer)[] plain = [.. texts.Zip(answers).Where(entry => entry.First.AddSpecialTokens)];
        int differing = plain.Count(entry => !entry.Answer.Rust.Ids.Select(id => (int?)id).SequenceEqual(entry.Answer.JavaScript ?? []));
        output.WriteLine($"{plain.Length} texts, of which the JavaScript reference encodes {differing} otherwise than Rust and we do.");
        Assert.True(comparison.Complaints.Length == 0, comparison.Complaints);
    }
}
