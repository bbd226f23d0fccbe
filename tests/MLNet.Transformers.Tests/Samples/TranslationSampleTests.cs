namespace MLNet.Transformers.Tests.Samples;

/// <summary>The sample as its README runs it, on a few titles.</summary>
public sealed class TranslationSampleTests
{
    [Fact]
    public void TrainsMeasuresAndTranslatesInASecondProcess()
    {
        using var folder = new TemporaryFolder();
        var trained = SampleProgram.Run("Translation", folder.Path, "", "--quick");
        Assert.Contains("Epoch 2 of 2", trained, StringComparison.Ordinal);
        foreach (var shown in new[] { "BLEU", "chrF", "greedy", "4 beams", "by people", "Tide Constituent" })
            Assert.Contains(shown, trained, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.File("translation.zip")));
        Assert.StartsWith(
            "editor for musical scores => ", SampleProgram.Run("Translation", folder.Path, "editor for musical scores\n\n", "translate"), StringComparison.Ordinal);
    }
}
