using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MLNet.Transformers.Tests.Samples;

/// <summary>The projects that the tool wrote into <c>samples/generated</c>, with the models beside them.</summary>
public sealed partial class GeneratedSampleTests
{
    [Fact]
    public void ClothingIsToldApart()
    {
        var answers = SampleProgram.Run("generated/Clothing", RepositoryFolder.Path(), "").Split("../../data/fashion-mnist/", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, answers.Length);
        // The path of an image names its class; below it are the likeliest ones.
        Assert.All(answers, answer => Assert.Contains(answer.Split('/')[0], answer[answer.IndexOf('\n', StringComparison.Ordinal)..], StringComparison.Ordinal));
    }

    [Fact]
    public void TitlesAreTranslated()
    {
        var lines = SampleProgram.Run("generated/TitleTranslation", RepositoryFolder.Path(), "").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(6, lines.Length);
        var translations = lines.Where(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => line.Trim()).ToArray();
        Assert.Equal(3, translations.Distinct().Count());
        Assert.Contains(translations, translation => GermanWord().IsMatch(translation));
    }

    [Fact]
    public async Task SectionsAreServed()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [SampleProgram.PathOf("generated/Sections"), "--urls", "http://127.0.0.1:0"])
        {
            WorkingDirectory = RepositoryFolder.Path("samples", "generated", "Sections"),
            RedirectStandardOutput = true,
        })!;
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri(await AddressOf(process)) };
            await UntilReady(client);
            Assert.Equal("sound", await SectionOf(client, "editor for musical scores"));
            Assert.Equal("games", await SectionOf(client, "puzzle game with falling blocks"));
            Assert.Contains("<html", await client.GetStringAsync("/"), StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<string> SectionOf(HttpClient client, string summary)
    {
        using var response = await client.PostAsJsonAsync("/predict", new { Summary = summary }, JsonSerializerOptions.Default);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return answer.GetProperty("PredictedLabel").GetString()!;
    }

    /// <summary>It listens before it has read its model.</summary>
    private static async Task UntilReady(HttpClient client)
    {
        for (var tries = 0; tries < 600; tries++)
        {
            using var response = await client.GetAsync("/health/ready");
            if (response.IsSuccessStatusCode)
                return;
            await Task.Delay(100);
        }
        Assert.Fail("The service was not ready within a minute.");
    }

    private static async Task<string> AddressOf(Process process)
    {
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await process.StandardOutput.ReadLineAsync(time.Token) is { } line)
            if (Listening().Match(line) is { Success: true } listening)
                return listening.Groups["address"].Value;
        throw new InvalidOperationException($"The program ended with {process.ExitCode} before it listened.");
    }

    [GeneratedRegex(@"Now listening on: (?<address>http://\S+)")]
    private static partial Regex Listening();

    [GeneratedRegex(@"\b(für|und|von|mit|der|die|das|zum|zur|eine?)\b")]
    private static partial Regex GermanWord();
}
