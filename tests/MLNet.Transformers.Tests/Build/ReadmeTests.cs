using System.Reflection;
using System.Text.RegularExpressions;

namespace MLNet.Transformers.Tests.Build;

/// <summary>What pages say of the code is made of the code: <c>TRANSFORMERS_WRITE_README=1</c> writes it anew, otherwise it is compared.</summary>
public sealed partial class ReadmeTests
{
    private static readonly bool Writes = Environment.GetEnvironmentVariable("TRANSFORMERS_WRITE_README") == "1";

    public static TheoryData<string, string> Blocks
    {
        get
        {
            var blocks = new TheoryData<string, string>();
            foreach (var block in ReadmeBlock.All)
                blocks.Add(block.Page, block.Source);
            return blocks;
        }
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void PageSaysWhatTheCodeDoes(string page, string source)
    {
        var block = ReadmeBlock.All.Single(block => (block.Page, block.Source) == (page, source));
        if (Writes)
            block.Rewrite();
        else
            Assert.Equal(block.Make(), block.Text);
    }

    /// <summary>C# on a page is code that was compiled.</summary>
    [Fact]
    public void NoCodeIsOnAPageAlone()
    {
        var made = ReadmeBlock.All.Select(block => block.Text).ToList();
        Assert.All(ReadmeBlock.Pages.SelectMany(page => Code().Matches(ReadmeBlock.Read(page))), code => Assert.Contains(code.Value, made));
    }

    [Fact]
    public void EveryMethodOfACatalogHasALine()
    {
        var lines = ComponentLines.All.SelectMany(group => group.Lines).Select(line => NameOf(line.Method)).ToList();
        Assert.Equal(CatalogMethods.All.Select(NameOf).Distinct().Order(), lines.Order());
    }

    private static string NameOf(MethodInfo method) => $"{CatalogMethods.ReceiverOf(method).Name}.{method.Name}";

    [GeneratedRegex(@"^```(csharp|cs|c#)\n.*?^```\n", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code();
}
