using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tests.Tokenizers;

/// <summary>The scanners do at every place of every text what their regular expressions do.</summary>
public class WordScannerTests
{
    [Theory]
    [InlineData(WordPatterns.Gpt2)]
    [InlineData(WordPatterns.Cl100k)]
    [InlineData(WordPatterns.Qwen2)]
    [InlineData(WordPatterns.Clip)]
    public void ScannersMatchWhatTheirExpressionsMatch(string expression)
    {
        WordScanner scanner = WordScanner.Find(expression)!;
        RegexProgram program = RegexProgram.Compile(expression);
        var matcher = new RegexMatcher();
        foreach (string text in AdversarialTexts.Generate(seed: 1, mixtures: 300).Append("we'ſ don't 'Ll 'RE x' 're\r\n \n !\r\n\n  "))
        {
            for (int start = 0; start <= text.Length; start++)
            {
                if (start < text.Length && char.IsLowSurrogate(text[start]))
                {
                    continue;
                }

                Assert.True(matcher.Match(program, text, start) == scanner.Match(text, start), $"at {start} of '{text}'");
            }
        }
    }
}
