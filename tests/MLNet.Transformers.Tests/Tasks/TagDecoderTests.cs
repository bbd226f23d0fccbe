using MLNet.Transformers.Tasks;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tests;

public sealed class TagDecoderTests
{
    private static readonly TagSet Tags = new(["O", "B-A", "I-A"]);

    /// <summary>By hand: one word of the tokens a, ##b and ##c, then one of a.</summary>
    private static readonly float[] Probabilities =
    [
        0.4f, 0.5f, 0.1f,
        0.7f, 0.2f, 0.1f,
        0.1f, 0.1f, 0.8f,
        0.2f, 0.3f, 0.5f,
    ];

    [Theory]
    [InlineData(AggregationStrategy.First, new uint[] { 2, 3 }, new[] { 0.4f, 0.5f, 0.1f }, "A abc a 0+5 0.500")]
    [InlineData(AggregationStrategy.Average, new uint[] { 1, 3 }, new[] { 0.4f, 0.8f / 3, 1f / 3 }, "A a 4+1 0.500")]
    [InlineData(AggregationStrategy.Max, new uint[] { 3, 3 }, new[] { 0.1f, 0.1f, 0.8f }, "A abc a 0+5 0.650")]
    [InlineData(AggregationStrategy.Simple, new uint[] { 2, 3 }, new[] { 0.4f, 0.5f, 0.1f }, "A a 0+1 0.500; A c a 2+3 0.650")]
    public void PutsTokensTogetherAsTheStrategySays(AggregationStrategy strategy, uint[] tags, float[] first, string entities)
    {
        var text = TaggableText.OfWords(["abc", "a"], new WordPieceTrainer { VocabularySize = 12 }.Train(["a", "bc", "b", "c", "cab"]));
        Assert.Equal(4, text.Tokens.Count);
        var tagged = new TagDecoder(Tags, 3, strategy).Decode(text, Probabilities);
        Assert.Equal(tags, tagged.Tags);
        Assert.All(first.Zip(tagged.Scores), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        Assert.Equal(entities, string.Join("; ", tagged.Entities.Select(entity => FormattableString.Invariant($"{entity.Type} {entity.Text} {entity.Start}+{entity.Length} {entity.Score:0.000}"))));
    }

    [Theory]
    [InlineData(new[] { "O", "B-A", "I-A" }, TaggingScheme.Iob)]
    [InlineData(new[] { "B-A", "I-B" }, TaggingScheme.Iob)]
    [InlineData(new[] { "B", "I", "O" }, TaggingScheme.Iob)]
    [InlineData(new[] { "O", "B-A", "I-A", "L-A", "U-A" }, TaggingScheme.Bilou)]
    [InlineData(new[] { "O", "person", "city" }, TaggingScheme.Plain)]
    [InlineData(new[] { "O", "Inside", "Before" }, TaggingScheme.Plain)]
    public void TellsTheSchemeFromTheTags(string[] tags, TaggingScheme scheme) => Assert.Equal(scheme, new TagSet(tags).Scheme);

    [Fact]
    public void FurtherTokensAreInsideWhatTheWordBegins()
    {
        Assert.Equal([0, 2, 2], new[] { 0, 1, 2 }.Select(Tags.Continuation));
        Assert.Equal([0, 1], new[] { 0, 1 }.Select(new TagSet(["O", "B-A"]).Continuation));
        Assert.Equal([0, 1, 2], new[] { 0, 1, 2 }.Select(new TagSet(["B-A", "I-A", "U-A"]).Continuation));
    }

    [Fact]
    public void AWordWithoutTokensIsOutside()
    {
        var text = TaggableText.OfWords(["", "a"], new WordPieceTrainer { VocabularySize = 12 }.Train(["a", "bc", "b", "c", "cab"]));
        Assert.Equal([1u, 2u], new TagDecoder(Tags, 3, AggregationStrategy.First).Decode(text, [0.1f, 0.9f, 0]).Tags);
        Assert.Equal([0u, 1u], new TagDecoder(new TagSet(["X", "Y", "Z"]), 3, AggregationStrategy.First).Decode(text, [0.9f, 0.1f, 0]).Tags);
    }
}
