namespace MLNet.Transformers.Tests.Samples;

/// <summary>The sample as its README runs it, on a few images.</summary>
public sealed class FashionSampleTests
{
    [FashionMnistFact]
    public void TrainsMeasuresAndClassifiesInASecondProcess()
    {
        using var folder = new TemporaryFolder();
        var trained = SampleProgram.Run("FashionClassifier", folder.Path, "", "--quick");
        Assert.Contains("Epoch 2 of 2", trained, StringComparison.Ordinal);
        foreach (var shown in new[] { "vision transformer", "its features, maximum entropy", "raw pixels, maximum entropy" })
            Assert.Contains(shown, trained, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.File("fashion.zip")));
        var answers = SampleProgram.Run("FashionClassifier", folder.Path, "", "classify").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(12, answers.Length);
        Assert.StartsWith("Ankle boot", answers[0], StringComparison.Ordinal);
    }

    /// <summary>Skipped, with the reason, where Debian's package of the data is not installed.</summary>
    private sealed class FashionMnistFactAttribute : FactAttribute
    {
        private const string Folder = "/usr/share/datasets/fashion-mnist";

        public FashionMnistFactAttribute() => Skip = Directory.Exists(Folder) ? null : $"Fashion-MNIST is not in {Folder}: build/setup.sh --tests installs it.";
    }
}
