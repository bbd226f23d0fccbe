using System.Globalization;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests;

/// <summary>The page in a real browser.</summary>
public sealed class AttentionPageTests(AttentionPageTests.SharedBrowser shared) : IClassFixture<AttentionPageTests.SharedBrowser>, IDisposable
{
    private const string Left = "\uE012", Right = "\uE014", Up = "\uE013", Down = "\uE015", Enter = "\uE007", Tab = "\uE004", Escape = "\uE00C";

    private readonly TemporaryFolder folder = new();

    [BrowserFact]
    public void ATextsPageShowsEachLayerHeadAndToken()
    {
        var weights = Maps.Weights(3, 4, Maps.Sentence.Length);
        var page = Open(AttentionMap.OfText(Maps.Sentence, weights));
        Keep("text-light");
        Assert.Equal("Attention", (string)page.Run("return document.title")!);
        Assert.Equal(Maps.Sentence, page.Run("return [...document.querySelectorAll('#keys bdi')].map(e => e.textContent)")!.AsArray().Select(node => (string)node!));

        // Layer and head change the matrix and the shares beneath the tokens.
        var mean = Drawing("#matrix");
        page.Select("#layer", "1");
        page.Select("#head", "3");
        Assert.NotEqual(mean, Drawing("#matrix"));
        page.Click("#keys .token:nth-child(3)");
        Assert.Equal("true", (string)page.Run("return document.querySelector('#keys .token:nth-child(3)').ariaPressed")!);
        var expected = weights.Of(1, 3).Slice(2 * Maps.Sentence.Length, Maps.Sentence.Length).ToArray();
        Assert.Equal(expected.Select(Percent), page.Run("return [...document.querySelectorAll('#keys .share')].map(e => e.textContent)")!.AsArray().Select(node => (string)node!));

        // A token's exact weight by mouse and by keyboard.
        page.Hover("#keys .token:nth-child(5)", 8, 8);
        Assert.Contains($": {Exact(expected[4])}", page.Text("#readout strong"));
        Assert.StartsWith("“cat” → “on”", page.Text("#readout strong"));
        page.Run("document.querySelector('#matrix').focus()");
        page.Press(Left, Left, Left, Left, Left, Left, Down, Right);
        Assert.StartsWith("“sat” → “the”", page.Text("#readout strong"));
        Assert.Contains($": {Exact(weights.Of(1, 3)[3 * Maps.Sentence.Length + 1])}", page.Text("#readout strong"));
        page.Press(Enter);
        Assert.Equal("3", (string)page.Run("return document.querySelector('#query').value")!);

        // The table says the same.
        page.Click("#table-section summary");
        page.Wait("document.querySelector('#values tbody tr')");
        Assert.Equal(Maps.Sentence.Length, (int)page.Run("return document.querySelectorAll('#values tbody tr').length")!);
        Assert.Equal(Exact(weights.Of(1, 3)[3 * Maps.Sentence.Length + 2]), page.Text("#values tbody tr:nth-child(3) td"));

        // Every head at once, of which one is chosen.
        page.Click("#heads-section summary");
        page.Wait("document.querySelector('.head canvas').width > 1");
        Assert.Equal(12, (int)page.Run("return document.querySelectorAll('.head').length")!);
        page.Click("[aria-label='Layer 3, head 2']");
        Assert.Equal("2", (string)page.Run("return document.querySelector('#layer').value")!);
        page.Press(Left, Enter);
        Assert.Equal("0", (string)page.Run("return document.querySelector('#head').value")!);
        Assert.Equal(Exact(weights.Of(2, 0)[3 * Maps.Sentence.Length + 2]), page.Text("#values tbody tr:nth-child(3) td"));

        // All layers rolled out.
        page.Select("#layer", "rollout");
        Assert.True((bool)page.Run("return document.querySelector('#head').disabled")!);
        Assert.Equal(Exact(weights.Rollout(new AttentionRollout()).Values[3 * Maps.Sentence.Length + 2]), page.Text("#values tbody tr:nth-child(3) td"));
        Quiet();
    }

    [BrowserFact]
    public void OddTokensAreShownAndNothingElse()
    {
        var page = Open(AttentionMap.OfText(Maps.Odd, Maps.Weights(1, 2, Maps.Odd.Length)).WithTitle("<i>Odd & \"quoted\" {{data}}</i>"));
        Keep("odd");
        Assert.Equal("<i>Odd & \"quoted\" {{data}}</i>", page.Text("h1"));
        Assert.Equal(
            ["</script>", "<b>", "\"", "'", "&amp;", "{{data}}", "‹U+0000›", "⏎", "␣the", "‹U+202E›abc", "שלום", "مرحبا", "日本", "👩‍💻", "\uFFFD", "‹U+2028›", "<!--", "∅", "`${1}`", new string('x', 60)],
            page.Run("return [...document.querySelectorAll('#keys bdi')].map(e => e.textContent)")!.AsArray().Select(node => (string)node!));
        Assert.Equal(0, (int)page.Run("return document.querySelectorAll('b, i, main script').length")!);
        page.Run("document.querySelector('#matrix').focus()");
        page.Press(Right);
        Assert.Contains("“<b>”", page.Text("#readout"));
        Quiet();
    }

    [BrowserFact]
    public void APageOfTwoTextsShowsBoth()
    {
        string[] queries = ["</s>", "Die", "Katze", "saß"], keys = ["the", "cat", "sat", ".", "</s>"];
        var weights = Maps.Weights(2, 2, 4, 5);
        var page = Open(AttentionMap.OfText(queries, keys, weights));
        Keep("two-texts");
        page.Click("#queries .token:nth-child(3)");
        Assert.Equal(weights.Mean()[10..15].Select(Percent), page.Run("return [...document.querySelectorAll('#keys .share')].map(e => e.textContent)")!.AsArray().Select(node => (string)node!));
        page.Hover("#keys .token:nth-child(2)", 8, 8);
        Assert.StartsWith("“Katze” → “cat”", page.Text("#readout strong"));
        Assert.Equal(0, (int)page.Run("return document.querySelectorAll('#layer option[value=rollout]').length")!);
        Quiet();
    }

    [BrowserFact]
    public void AnImagesPageLaysAttentionOverThePicture()
    {
        var weights = Maps.Weights(2, 3, 25);
        var page = Open(AttentionMap.OfImage(Maps.Picture(), new ImageGrid(4, 6), 1, weights));
        Keep("image-light");
        Assert.Equal("0", (string)page.Run("return document.querySelector('#query').value")!);
        Assert.Contains($"class token: {Exact(weights.Mean()[0])}", page.Text("#prefix"));

        // Layer, head, looking token, way to show and strength all change the picture.
        var drawings = new List<string> { Drawing("#picture") };
        void Changes(string selector, string value)
        {
            page.Select(selector, value);
            drawings.Add(Drawing("#picture"));
            Assert.Equal(drawings.Count, drawings.Distinct().Count());
        }
        Changes("#layer", "1");
        Changes("#head", "2");
        Changes("#shading", "root");
        Changes("#mode", "spotlight");
        Changes("#mode", "squares");
        Keep("image-squares");
        Changes("#strength", "20");
        Changes("#query", "9");

        // A patch's exact weight by mouse and by keyboard: the picture is 6 patches wide.
        var size = page.Run("const b = document.querySelector('#picture').getBoundingClientRect(); return [b.width, b.height]")!;
        page.Hover("#picture", 2.5 / 6 * (double)size[0]!, 1.5 / 4 * (double)size[1]!);
        Assert.StartsWith("“patch 2, 3” → “patch 2, 3”: " + Exact(weights.Of(1, 2)[9 * 25 + 9]), page.Text("#readout strong"));
        page.Run("document.querySelector('#picture').focus()");
        page.Press(Down, Right);
        Assert.StartsWith("“patch 2, 3” → “patch 3, 4”: " + Exact(weights.Of(1, 2)[9 * 25 + 16]), page.Text("#readout strong"));
        page.Press(Enter);
        Assert.Equal("16", (string)page.Run("return document.querySelector('#query').value")!);
        page.Press(Escape);
        Assert.Equal("0", (string)page.Run("return document.querySelector('#query').value")!);

        // The table has the patches where they are, in hundredths.
        page.Click("#table-section summary");
        page.Wait("document.querySelector('#values tbody tr')");
        Assert.Equal((100 * weights.Of(1, 2)[1 + 6 + 4]).ToString("0.00", CultureInfo.InvariantCulture), page.Text("#values tbody tr:nth-child(2) td:nth-child(6)"));
        page.Click("#matrix-section summary");
        page.Wait("document.querySelector('#matrix').width > 300");
        page.Click("#heads-section summary");
        page.Wait("document.querySelector('.head canvas').width > 1");
        foreach (var dark in new[] { true, false })
        {
            page.Appear(360, 780, dark);
            page.Wait("innerWidth === 360");
            Assert.Equal(360, (int)page.Run("return Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)")!);
        }
        Keep("image-phone");
        Quiet();
    }

    /// <summary>As many weights as a base-sized vision transformer has of one image.</summary>
    [BrowserFact]
    public void AWholeVisionTransformerFitsIntoSomeMegabytes()
    {
        var weights = Maps.Noise(12, 12, 197);
        var map = AttentionMap.OfImage(Maps.Picture(224, 224), new ImageGrid(14, 14), 1, weights);
        var page = Open(map);
        Keep("image-base");
        Assert.InRange(new FileInfo(folder.File("page.html")).Length, 3_000_000, 6_000_000);
        page.Select("#layer", "7");
        page.Select("#head", "5");
        page.Run("document.querySelector('#picture').focus()");
        page.Press(Right, Down, Down);
        var shown = page.Text("#readout strong");
        Assert.StartsWith("“class token” → “patch 3, 2”: ≈ ", shown);
        var row = weights.Of(7, 5)[..197];
        Assert.Equal(row[1 + 2 * 14 + 1], double.Parse(shown[(shown.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture), row.ToArray().Max() / 60.0);
        Assert.Contains("1/63", page.Text("#precision"));
        Quiet();
    }

    /// <summary>Still pictures of a text and of an image, by day and by night.</summary>
    [BrowserFact]
    public void AStillPictureOpensInABrowserToo()
    {
        var text = AttentionMap.OfText(Maps.Sentence, Maps.Weights(2, 2, Maps.Sentence.Length)).WithTitle("The cat on the mat");
        var image = AttentionMap.OfImage(Maps.Picture(), new ImageGrid(4, 6), 1, Maps.Weights(2, 3, 25));
        var page = shared.Browser;
        foreach (var (name, map, view) in new[] { ("svg-text", text, new AttentionView { Layer = 1, Query = 8 }), ("svg-image", image, new AttentionView { Query = 9 }) })
        {
            map.SaveSvg(folder.File("page.svg"), view);
            foreach (var (dark, paper) in new[] { (false, "rgb(255, 255, 255)"), (true, "rgb(20, 23, 28)") })
            {
                page.Appear(800, 900, dark);
                page.Go(folder.File("page.svg"));
                page.Wait($"getComputedStyle(document.querySelector('.paper')).fill === '{paper}'");
                Assert.True((bool)page.Run("return [...document.querySelectorAll('text')].every(e => e.getBoundingClientRect().right <= document.documentElement.width.baseVal.value)")!, name);
                Keep($"{name}-{(dark ? "dark" : "light")}");
            }
        }
        Assert.Empty(page.Console());
    }

    [BrowserFact]
    public void FitsAPhoneAndTheNight()
    {
        var page = Open(AttentionMap.OfText(Maps.Sentence, Maps.Weights(2, 8, Maps.Sentence.Length)));
        page.Click("#heads-section summary");
        page.Wait("document.querySelector('.head canvas').width > 1");
        page.Click("#table-section summary");
        page.Wait("document.querySelector('#values tbody tr')");
        page.Click("#keys .token:nth-child(9)");
        var light = Drawing("#matrix");
        page.Appear(1200, 1600, dark: true);
        page.Wait("getComputedStyle(document.body).backgroundColor === 'rgb(20, 23, 28)'");
        Keep("text-dark");
        Assert.NotEqual(light, Drawing("#matrix"));
        foreach (var dark in new[] { false, true })
        {
            page.Appear(360, 780, dark);
            page.Wait("innerWidth === 360");
            Keep($"text-phone-{(dark ? "dark" : "light")}");
            Assert.Equal(360, (int)page.Run("return Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)")!);
        }
        Quiet();
    }

    /// <summary>What a user of the keyboard alone meets on the way through the page.</summary>
    [BrowserFact]
    public void EverythingIsReachedByTheTabulator()
    {
        var page = Open(AttentionMap.OfText(["a", "b"], Maps.Weights(2, 2, 2)));
        var met = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            page.Press(Tab);
            met.Add((string)page.Run("const e = document.activeElement; return e.id || e.className || e.closest('details')?.id || e.tagName")!);
        }
        Assert.Equal(["layer", "head", "query", "shading", "token", "token", "matrix-section", "matrix", "heads-section", "table-section"], met.Take(10));
        Assert.Equal(0, (int)page.Run("return [...document.querySelectorAll('select, input, canvas[tabindex]')].filter(e => !(e.labels?.length || e.getAttribute('aria-label'))).length")!);
        Quiet();
    }

    public void Dispose() => folder.Dispose();

    /// <summary>One browser for all tests of the class, started by the first that has a use for it.</summary>
    public sealed class SharedBrowser : IDisposable
    {
        private readonly Lazy<Browser> browser = new();

        public Browser Browser => browser.Value;

        public void Dispose()
        {
            if (browser.IsValueCreated)
                Browser.Dispose();
        }
    }

    private Browser Open(AttentionMap map)
    {
        var path = folder.File("page.html");
        map.SaveHtml(path);
        shared.Browser.Appear(1200, 1000);
        shared.Browser.Open(path);
        return shared.Browser;
    }

    /// <summary>A picture of the window, for those who want to look: where MLNET_TRANSFORMERS_SCREENSHOTS names a folder.</summary>
    private void Keep(string name)
    {
        if (Environment.GetEnvironmentVariable("MLNET_TRANSFORMERS_SCREENSHOTS") is { Length: > 0 } target)
            File.WriteAllBytes(Path.Combine(target, $"{name}.png"), shared.Browser.Screenshot());
    }

    /// <summary>Nothing went wrong, and nothing was loaded but the page.</summary>
    private void Quiet()
    {
        Assert.Empty(shared.Browser.Console());
        Assert.All(shared.Browser.Requests(), address => Assert.True(
            address.StartsWith("file:", StringComparison.Ordinal) && address.EndsWith("/page.html", StringComparison.Ordinal) || address.StartsWith("data:", StringComparison.Ordinal), address));
    }

    /// <summary>The pixels of a canvas.</summary>
    private string Drawing(string selector) => (string)shared.Browser.Run($"return document.querySelector('{selector}').toDataURL()")!;

    private static string Exact(float weight) => weight.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Percent(float weight) => $"{MapNumbers.Percent(weight)} %";
}
