using System.Globalization;
using System.Text.Json;

namespace MLNet.Transformers.Tests.Tool.WebApi;

/// <summary>The page of a generated web API, in a real browser.</summary>
[Collection(nameof(WebProject))]
public sealed class WebPageTests(WebProject project) : IDisposable
{
    private const string Tab = "\uE004", Enter = "\uE007", Control = "\uE009";

    private readonly Lazy<Browser> browser = new();

    [BrowserFact]
    public void AnswersWhatIsTypedByTheKeyboardAlone()
    {
        var page = Open();
        Assert.Equal("Sections", page.Text("h1"));
        Assert.Contains("MicroAccuracy 0.875", page.Text("#quality"));
        page.Press(Tab);
        Assert.Equal("field-0", (string)page.Run("return document.activeElement.id")!);
        Assert.Equal("2nd \"text\"", (string)page.Run("return document.activeElement.labels[0].textContent")!);
        page.Press([.. "play a hunt".Select(letter => letter.ToString())]);
        page.Press(Tab, Enter);
        page.Wait("document.querySelectorAll('.bars li').length === 3");

        // The bars are what the service says, the greatest first.
        var scores = project.Service.PostAsync("/predict", new Dictionary<string, string> { ["2nd \"text\""] = "play a hunt" }).Result.Json
            .GetProperty("Score").EnumerateObject().OrderByDescending(score => score.Value.GetSingle()).ToArray();
        Assert.Equal(scores.Select(score => score.Name), Texts(page, ".bars .label"));
        Assert.Equal(scores.Select(score => (100 * score.Value.GetSingle()).ToString("0.0", CultureInfo.InvariantCulture) + " %"), Texts(page, ".bars .share"));
        Assert.Equal(scores[0].Name, page.Text("#answer .headline"));
        Assert.Matches("^Answered in [0-9.]+ ms by version 1 of the model.$", page.Text("#timing"));
        page.Wait("document.querySelector('#attention').contentDocument?.querySelectorAll('#keys .token').length >= 5");
        Assert.Contains("play a hunt", page.Text("#request"));
        Keep(page, "answered");
        Quiet(page);
    }

    [BrowserFact]
    public void AnExampleAnswersAndControlEnterAsksAgain()
    {
        var page = Open();
        page.Click("#examples button");
        page.Wait("document.querySelector('.expected')");
        Assert.Equal("In the data: games", page.Text(".expected"));
        page.Run("document.querySelector('#answer').replaceChildren(); document.querySelector('#field-0').focus()");
        page.PressTogether(Control, Enter);
        page.Wait("document.querySelector('.bars')");
        Quiet(page);
    }

    [BrowserFact]
    public void ErrorsAreSaidInSentences()
    {
        var page = Open();
        page.Click("#submit");
        page.Wait("!document.querySelector('#problem').hidden");
        Assert.Equal(["The model cannot take this.", "2nd \"text\": The text is blank."], Texts(page, "#problem p"));
        Assert.True((bool)page.Run("return document.querySelector('#timing').hidden && !document.querySelector('.bars')")!);
        Answer(page, 413, "The body has more than 1048576 bytes.");
        Assert.Equal(["This is more than the service takes.", "The body has more than 1048576 bytes."], Texts(page, "#problem p"));
        Answer(page, 422, "The text has no token.");
        Assert.Equal(["The model refuses this.", "The text has no token."], Texts(page, "#problem p"));
        Answer(page, 429, "The queue of rows is full.", retryAfter: 7);
        Assert.Equal(["Too many are asking at once.", "The queue of rows is full.", "Try again in 7 seconds."], Texts(page, "#problem p"));
        Answer(page, 503, "The model is not loaded yet.", retryAfter: 1);
        Assert.Equal(["The model is not there at the moment.", "The model is not loaded yet.", "Try again in a second."], Texts(page, "#problem p"));
        page.Run("window.fetch = () => Promise.reject(new TypeError('Failed to fetch')); document.querySelector('#form').requestSubmit()");
        page.Wait("document.querySelector('#problem').textContent.startsWith('The service does not answer.')");
        Keep(page, "problem");
        // A browser writes each status of an error to its console; nothing else is there.
        Assert.All(page.Console(), line => Assert.Contains("the server responded with a status of", line, StringComparison.Ordinal));
    }

    [BrowserFact]
    public void FitsAPhoneAndTheNight()
    {
        var page = Open();
        page.Click("#examples button");
        page.Wait("document.querySelector('#attention').contentDocument?.querySelector('#keys .token')");
        page.Run("document.querySelector('#request-section').open = true");
        foreach (var (width, height, dark, paper) in new[] { (360, 780, false, "rgb(255, 255, 255)"), (360, 780, true, "rgb(20, 23, 28)"), (1200, 900, true, "rgb(20, 23, 28)") })
        {
            page.Appear(width, height, dark);
            page.Wait($"innerWidth === {width} && getComputedStyle(document.body).backgroundColor === '{paper}'");
            page.Wait("document.querySelector('#attention').contentDocument.documentElement.scrollHeight <= document.querySelector('#attention').offsetHeight + 1");
            Keep(page, $"{width}-{(dark ? "dark" : "light")}");
            Assert.Equal(width, (int)page.Run("return Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)")!);
            Assert.Equal([], LowContrast(page));
        }
        Assert.Equal(0, (int)page.Run("return [...document.querySelectorAll('input, textarea, button, iframe, a')].filter(e => !(e.labels?.length || e.textContent.trim() || e.title || e.querySelector('img[alt]'))).length")!);
        Quiet(page);
    }

    public void Dispose()
    {
        if (browser.IsValueCreated)
            browser.Value.Dispose();
    }

    private Browser Open()
    {
        browser.Value.Appear(1200, 1000);
        browser.Value.Open(project.Service.Address.AbsoluteUri);
        return browser.Value;
    }

    /// <summary>Asks, and has the answer of the service be a problem.</summary>
    private static void Answer(Browser page, int status, string detail, int? retryAfter = null)
    {
        var headers = retryAfter is { } seconds ? $"'Retry-After': '{seconds}'" : "";
        page.Run($"window.fetch = () => Promise.resolve(new Response(JSON.stringify({{ detail: '{detail}' }}), {{ status: {status}, headers: {{ {headers} }} }})); document.querySelector('#form').requestSubmit()");
        page.Wait($"document.querySelector('#problem').textContent.includes('{detail}')");
    }

    private static IEnumerable<string> Texts(Browser page, string selector) =>
        page.Run($"return [...document.querySelectorAll({JsonSerializer.Serialize(selector)})].map(e => e.textContent)")!.AsArray().Select(node => (string)node!);

    /// <summary>Texts whose contrast with what is behind them is below 4.5, as WCAG's level AA asks of small ones.</summary>
    private static IEnumerable<string> LowContrast(Browser page) => page.Run(
        """
        const channel = value => value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
        const luminance = ([red, green, blue]) => 0.2126 * channel(red / 255) + 0.7152 * channel(green / 255) + 0.0722 * channel(blue / 255);
        const numbers = color => color.match(/[\d.]+/g).map(Number);
        const behind = element => {
          for (let node = element; node; node = node.parentElement) {
            const color = numbers(getComputedStyle(node).backgroundColor);
            if (color.length < 4 || color[3] === 1)
              return color;
          }
          return [255, 255, 255];
        };
        const found = [];
        for (const element of document.querySelectorAll('body *')) {
          if (!element.checkVisibility() || ![...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
            continue;
          const [one, other] = [luminance(numbers(getComputedStyle(element).color)), luminance(behind(element))];
          const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
          if (contrast < 4.5)
            found.push(`${element.tagName} ${element.textContent}: ${contrast.toFixed(2)}`);
        }
        return found;
        """)!.AsArray().Select(node => (string)node!);

    /// <summary>A picture of the window, for those who want to look: where MLNET_TRANSFORMERS_SCREENSHOTS names a folder.</summary>
    private static void Keep(Browser page, string name)
    {
        if (Environment.GetEnvironmentVariable("MLNET_TRANSFORMERS_SCREENSHOTS") is { Length: > 0 } target)
            File.WriteAllBytes(Path.Combine(target, $"web-{name}.png"), page.Screenshot());
    }

    /// <summary>Nothing went wrong, and nothing was asked of anybody but the service.</summary>
    private void Quiet(Browser page)
    {
        Assert.Empty(page.Console());
        Assert.All(page.Requests(), address => Assert.True(
            address.StartsWith(project.Service.Address.AbsoluteUri, StringComparison.Ordinal) || address.StartsWith("data:", StringComparison.Ordinal) || address.StartsWith("about:", StringComparison.Ordinal), address));
    }
}
