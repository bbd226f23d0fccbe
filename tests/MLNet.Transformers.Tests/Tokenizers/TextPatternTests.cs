using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tests.Tokenizers;

/// <summary>Regular expressions, with outcomes that follow from Oniguruma's description of its syntax.</summary>
public class TextPatternTests
{
    [Theory]
    [InlineData("a{2}", "aaaaa", "aa|aa")]
    [InlineData("a{2,}", "a aa aaa", "aa|aaa")]
    [InlineData("a{,2}b", "aaab b", "aab|b")]
    [InlineData("a{x}", "a{x}", "a{x}")]
    [InlineData("a{1,2}?", "aaa", "a|a|a")]
    [InlineData("a++a", "aaa", "")]
    [InlineData("(?>a+)a", "aaa", "")]
    [InlineData("a{1,2}+b", "aaaab", "aaaab")]
    [InlineData("(?:ab|a)bc", "abc abbc", "abc|abbc")]
    [InlineData("(?i)straSSe|k", "STRAſſe K", "STRAſſe|K")]
    [InlineData("a(?i:b)c", "aBc abC", "aBc")]
    [InlineData("(?x) a b # comment\n c", "abc", "abc")]
    [InlineData("a.b", "a\nb a😀b", "a😀b")]
    [InlineData("(?m)a.b", "a\nb", "a\nb")]
    [InlineData("^a|b$", "a\nab\nb", "a|a|b|b")]
    [InlineData("\\Aa|b\\z", "a\nab\nb", "a|b")]
    [InlineData("b\\Z", "b\n", "b")]
    [InlineData("\\bab\\b", "ab abc ab", "ab|ab")]
    [InlineData("[^\\W\\d_]+", "a1_é生", "a|é生")]
    [InlineData("[a-c&&[^b]]+", "abcab", "a|ca")]
    [InlineData("[]a]+", "]a]", "]a]")]
    [InlineData("[\\]\\-x]+", "x-]", "x-]")]
    [InlineData("\\x41\\x{1F600}\\u0042", "A😀B", "A😀B")]
    [InlineData("[\\x{1F600}-\\x{1F64F}]", "x😀y", "😀")]
    [InlineData("\\h+", "xFF00", "FF00")]
    [InlineData("\\R", "a\r\nb\n", "\r\n|\n")]
    [InlineData("\\p{^L}+", "ab12", "12")]
    [InlineData("\\p{Cyrillic}+|\\p{Upper}", "Aбв", "A|бв")]
    [InlineData("(?<name>a)(?#note)b", "ab", "ab")]
    [InlineData("(?<=\\d{2})x|(?<!a)y(?=z)(?!zz)", "1x 12x yz ayz yzz", "x|y")]
    [InlineData("(a*)*b|(?:|a)+c", "aab aac", "aab|aac")]
    [InlineData("x*", "axb", "|x|")]
    public void MatchesAreFound(string expression, string text, string matches)
    {
        var pattern = TextPattern.Regex(expression);
        var found = new List<string>();
        for (var search = new TextPattern.Search(pattern); search.TryFindNext(text);)
        {
            found.Add(text[search.Start..search.End]);
        }

        Assert.Equal(matches, string.Join('|', found));
    }

    [Theory]
    [InlineData("(a", "parenthesis")]
    [InlineData("a)", "parenthesis")]
    [InlineData("*a", "nothing to repeat")]
    [InlineData("[a", "class without an end")]
    [InlineData("[b-a]", "runs backwards")]
    [InlineData("a\\", "backslash at the end")]
    [InlineData("a{3,2}", "counts that cannot be")]
    [InlineData("\\p{Nonsense}", "unknown property 'Nonsense'")]
    [InlineData("(a)\\1", "\\1 is not supported")]
    [InlineData("(?<=a+)b", "looks behind without a limit")]
    [InlineData("(?@a)", "unknown kind of group")]
    [InlineData("\\x{110000}", "code point")]
    [InlineData("(?:(?:a{1000}){1000}){1000}", "repeats too much")]
    public void WhatIsWrongIsSaid(string expression, string complaint) =>
        Assert.Contains(complaint, Assert.Throws<FormatException>(() => TextPattern.Regex(expression)).Message, StringComparison.Ordinal);
}
