using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLNet.Transformers.Tests;

/// <summary>A real Chromium without a screen, driven by <see href="https://www.w3.org/TR/webdriver2/">WebDriver</see>.</summary>
public sealed class Browser : IDisposable
{
    private const string ElementKey = "element-6066-11e4-a52e-4f735466cecf";

    private static readonly Lazy<string?> Missing = new(() => new[] { "chromedriver", "chromium" }.FirstOrDefault(program => !Starts(program)));

    private readonly Process driver;
    private readonly HttpClient client;
    private readonly string session = "";

    public Browser()
    {
        driver = Process.Start(new ProcessStartInfo("chromedriver", ["--port=0"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _ = driver.StandardError.ReadToEndAsync();
        try
        {
            client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{PortOf(driver)}/"), Timeout = TimeSpan.FromSeconds(60) };
            var capabilities = new JsonObject
            {
                ["browserName"] = "chrome",
                ["goog:chromeOptions"] = new JsonObject
                {
                    ["binary"] = Find("chromium"),
                    ["args"] = new JsonArray("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1200,900", "--hide-scrollbars"),
                },
                ["goog:loggingPrefs"] = new JsonObject { ["browser"] = "ALL", ["performance"] = "ALL" },
            };
            session = (string)Send(HttpMethod.Post, "session", new JsonObject { ["capabilities"] = new JsonObject { ["alwaysMatch"] = capabilities } })!["sessionId"]!;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Why there is none, or <see langword="null"/>.</summary>
    public static string? WhyAbsent => Missing.Value is { } program ? $"There is no {program} (Debian: chromium chromium-driver) to open the page with." : null;

    /// <summary>Opens a page file and waits until it has drawn.</summary>
    public void Open(string path)
    {
        Go(path);
        Wait("document.body.dataset.ready === 'yes'");
    }

    /// <summary>Opens any file, and forgets what was asked for and complained about before.</summary>
    public void Go(string path)
    {
        Log("browser");
        Log("performance");
        Post("url", new JsonObject { ["url"] = new Uri(path).AbsoluteUri });
    }

    /// <summary>Runs JavaScript that returns something.</summary>
    public JsonNode? Run(string script) => Post("execute/sync", new JsonObject { ["script"] = script, ["args"] = new JsonArray() });

    public string Text(string selector) => (string)Run($"return document.querySelector({JsonSerializer.Serialize(selector)}).textContent")!;

    /// <summary>Waits until an expression is true.</summary>
    public void Wait(string expression)
    {
        var end = Stopwatch.StartNew();
        while (!(bool)Run($"return !!({expression})")!)
        {
            if (end.Elapsed > TimeSpan.FromSeconds(20))
                throw new TimeoutException($"'{expression}' is not so; the console has: {string.Join("; ", Console())}");
            Thread.Sleep(50);
        }
    }

    public void Click(string selector)
    {
        Run($"document.querySelector({JsonSerializer.Serialize(selector)}).scrollIntoView({{ block: 'center' }})");
        Post($"element/{ElementOf(selector)}/click", []);
    }

    /// <summary>Presses keys on the element that has the focus, as a user would.</summary>
    public void Press(params string[] keys)
    {
        var actions = new JsonArray([.. keys.SelectMany(key => new[] { "keyDown", "keyUp" }.Select(type => (JsonNode)new JsonObject { ["type"] = type, ["value"] = key }))]);
        Act(new JsonObject { ["type"] = "key", ["id"] = "keyboard", ["actions"] = actions });
    }

    /// <summary>Presses a key while another is held.</summary>
    public void PressTogether(string held, string key)
    {
        var actions = new JsonArray([.. new[] { ("keyDown", held), ("keyDown", key), ("keyUp", key), ("keyUp", held) }
            .Select(step => (JsonNode)new JsonObject { ["type"] = step.Item1, ["value"] = step.Item2 })]);
        Act(new JsonObject { ["type"] = "key", ["id"] = "keyboard", ["actions"] = actions });
    }

    /// <summary>Moves the mouse to a place on an element, in pixels from its upper left corner.</summary>
    public void Hover(string selector, double x, double y)
    {
        var box = Run($"const e = document.querySelector({JsonSerializer.Serialize(selector)}); e.scrollIntoView({{ block: 'start' }}); const b = e.getBoundingClientRect(); return [b.left, b.top]")!;
        var move = new JsonObject { ["type"] = "pointerMove", ["duration"] = 0, ["x"] = (int)((double)box[0]! + x), ["y"] = (int)((double)box[1]! + y) };
        Act(new JsonObject { ["type"] = "pointer", ["id"] = "mouse", ["parameters"] = new JsonObject { ["pointerType"] = "mouse" }, ["actions"] = new JsonArray(move) });
    }

    /// <summary>Chooses an option of a select, with the events of a user.</summary>
    public void Select(string selector, string value) =>
        Run($"const e = document.querySelector({JsonSerializer.Serialize(selector)}); e.value = {JsonSerializer.Serialize(value)}; e.dispatchEvent(new Event('input', {{ bubbles: true }}))");

    /// <summary>The window as wide and high as that, light or dark.</summary>
    public void Appear(int width, int height, bool dark = false)
    {
        Command("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = width < 600 });
        Command("Emulation.setEmulatedMedia", new JsonObject { ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = dark ? "dark" : "light" }) });
    }

    public byte[] Screenshot() => Convert.FromBase64String((string)Send(HttpMethod.Get, $"session/{session}/screenshot")!);

    /// <summary>What has been written to the console, errors above all.</summary>
    public IReadOnlyList<string> Console() => [.. Log("browser").Select(entry => $"{entry!["level"]}: {entry["message"]}")];

    /// <summary>The addresses that anything was asked of.</summary>
    public IReadOnlyList<string> Requests() => [.. Log("performance")
        .Select(entry => JsonNode.Parse((string)entry!["message"]!)!["message"]!)
        .Where(message => (string)message["method"]! == "Network.requestWillBeSent")
        .Select(message => (string)message["params"]!["request"]!["url"]!)];

    public void Dispose()
    {
        try
        {
            if (session.Length > 0)
                Send(HttpMethod.Delete, $"session/{session}");
        }
        finally
        {
            driver.Kill(entireProcessTree: true);
            driver.Dispose();
            client?.Dispose();
        }
    }

    private JsonArray Log(string type) => Post("se/log", new JsonObject { ["type"] = type })!.AsArray();

    private void Command(string name, JsonObject parameters) => Post("goog/cdp/execute", new JsonObject { ["cmd"] = name, ["params"] = parameters });

    private void Act(JsonObject source) => Post("actions", new JsonObject { ["actions"] = new JsonArray(source) });

    private string ElementOf(string selector) => (string)Post("element", new JsonObject { ["using"] = "css selector", ["value"] = selector })![ElementKey]!;

    private JsonNode? Post(string path, JsonObject content) => Send(HttpMethod.Post, $"session/{session}/{path}", content);

    private JsonNode? Send(HttpMethod method, string path, JsonObject? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content is null ? null : new StringContent(content.ToJsonString(), Encoding.UTF8, "application/json") };
        using var response = client.Send(request);
        using var reader = new StreamReader(response.Content.ReadAsStream());
        var answer = JsonNode.Parse(reader.ReadToEnd())!["value"];
        return response.IsSuccessStatusCode ? answer : throw new InvalidOperationException($"{method} {path} failed: {answer?["message"]}");
    }

    private static int PortOf(Process driver)
    {
        while (driver.StandardOutput.ReadLine() is { } line)
        {
            if (line.Contains("on port ", StringComparison.Ordinal) && line.Contains("success", StringComparison.Ordinal))
            {
                _ = driver.StandardOutput.ReadToEndAsync();
                return int.Parse(line[(line.LastIndexOf("on port ", StringComparison.Ordinal) + 8)..].TrimEnd('.'), CultureInfo.InvariantCulture);
            }
        }
        throw new InvalidOperationException("chromedriver did not start.");
    }

    private static string Find(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).First(File.Exists);

    private static bool Starts(string program)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}

/// <summary>A test that needs a <see cref="Browser"/> and is skipped, with the reason, where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Browser.WhyAbsent;
}
