using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace Stack.Tests.ML.Core;

public class EnvironmentTests
{
    [Fact]
    public void LogCarriesSourceKindAndText()
    {
        var ml = new MLContext();
        var log = new List<LoggingEventArgs>();
        ml.Log += (sender, message) =>
        {
            Assert.Same(ml, sender);
            log.Add(message);
        };
        var host = ((IHostEnvironment)ml).Register("Embedding");
        using (var channel = host.Start("Fit"))
        {
            channel.Info(MessageSensitivity.None, "epoch {0}, loss {1}", 3, 0.5);
            channel.Warning(MessageSensitivity.None, "no braces {");
        }

        Assert.Equal(
            ["Channel started", "epoch 3, loss 0.5", "no braces {", log[3].RawMessage, "Channel disposed"], log.Select(message => message.RawMessage));
        Assert.StartsWith("Channel finished. Elapsed 00:00:00.", log[3].RawMessage, StringComparison.Ordinal);
        Assert.Equal("[Source=Embedding; Fit, Kind=Info] epoch 3, loss 0.5", log[1].Message);
        Assert.Equal("Embedding; Fit", log[1].Source);
        Assert.Equal(ChannelMessageKind.Info, log[1].Kind);
        Assert.Equal(ChannelMessageKind.Warning, log[2].Kind);
        Assert.Equal(ChannelMessageKind.Trace, log[0].Kind);
    }

    [Fact]
    public void ChannelsOfTheContextItselfHaveOneName()
    {
        var ml = new MLContext();
        var sources = new List<string>();
        ml.Log += (_, message) => sources.Add(message.Source);
        using (((IChannelProvider)ml).Start("Work"))
        {
        }

        Assert.All(sources, source => Assert.Equal("Work", source));
        Assert.Equal("HostEnvironment", ((IExceptionContext)ml).ContextDescription);
    }

    [Fact]
    public void ProgressChannelsDoNotReachTheLog()
    {
        var ml = new MLContext();
        var messages = 0;
        ml.Log += (_, _) => messages++;
        using var progress = ((IHostEnvironment)ml).Register("Trainer").StartProgressChannel("Epochs");
        progress.SetHeader(new ProgressHeader(["loss"], ["epochs"]), entry => entry.SetProgress(0, 1, 2));
        progress.Checkpoint(0.5);
        Assert.Equal(0, messages);
    }

    [Fact]
    public void EqualSeedsGiveEqualNumbers()
    {
        var first = Draw(new MLContext(42));
        Assert.Equal(first, Draw(new MLContext(42)));
        Assert.NotEqual(first, Draw(new MLContext(43)));
    }

    [Fact]
    public void NumbersOfASeedAreThoseOfThePackages()
    {
        IHostEnvironment ml = new MLContext(42);
        var own = ml.Register("A", seed: 5).Rand;
        Assert.Equal([1773327147, 946606681], [own.Next(), own.Next()]);
        Assert.Equal(0.0875502189155668, own.NextDouble(), 15);
        Assert.Equal([71, 15], [own.Next(100), own.Next(10, 20)]);
        var forked = ml.Register("B").Rand;
        Assert.Equal([460262708, 362456825, 111088861], [forked.Next(), forked.Next(), forked.Next()]);
    }

    [Fact]
    public void ASeedOfItsOwnMakesAHostIndependentOfItsParent()
    {
        var one = ((IHostEnvironment)new MLContext(1)).Register("A", seed: 5).Rand;
        var other = ((IHostEnvironment)new MLContext(2)).Register("B", seed: 5).Rand;
        Assert.Equal(one.Next(), other.Next());
    }

    [Fact]
    public void EachRegistrationDrawsFromItsParent()
    {
        IHostEnvironment ml = new MLContext(42);
        Assert.NotEqual(ml.Register("A").Rand.Next(), ml.Register("A").Rand.Next());
    }

    [Fact]
    public void ChannelsMarkExceptionsWithTheirNames()
    {
        var host = ((IHostEnvironment)new MLContext()).Register("Outer").Register("Middle").Register("Inner");
        using var channel = host.Start("Fit");
        Assert.Equal("Outer; Inner; Fit", channel.ContextDescription);
        var exception = channel.Process(new InvalidOperationException("x"));
        Assert.Equal("Inner", exception.Data["Throwing component"]);
        Assert.Equal("Outer", exception.Data["Parent component"]);
        Assert.Equal("Fit", exception.Data["Phase"]);
        Assert.Equal("Environment", host.Process(new InvalidOperationException("x")).Data["Throwing component"]);
        Assert.Equal("HostEnvironment", host.ContextDescription);
    }

    [Fact]
    public void OptionsKeepWhatIsPutIntoThem()
    {
        var ml = new MLContext();
        Assert.True(ml.TryAddOption("a", 1));
        Assert.False(ml.TryAddOption("a", 2));
        Assert.Equal(1, ml.GetOptionOrDefault<int>("a"));
        ml.SetOption("a", "text");
        Assert.False(ml.TryGetOption<int>("a", out _));
        Assert.True(ml.TryGetOption<string>("a", out var text));
        Assert.Equal("text", text);
        Assert.True(ml.RemoveOption("a"));
        Assert.False(ml.RemoveOption("a"));
        Assert.Equal(0, ml.GetOptionOrDefault<int>("a"));
        Assert.Throws<ArgumentNullException>(() => ml.SetOption(" ", 1));
    }

    [Fact]
    public void DeviceSettingsStartAsThePackagesHaveThem()
    {
        var ml = new MLContext { GpuDeviceId = 3, FallbackToCpu = true, TempFilePath = Path.GetTempPath() };
        Assert.Equal(3, ml.GpuDeviceId);
        Assert.True(ml.FallbackToCpu);
        Assert.Null(new MLContext().GpuDeviceId);
        Assert.False(new MLContext().FallbackToCpu);
        Assert.Equal(Path.GetTempPath(), new MLContext().TempFilePath);
    }

    [Fact]
    public void CatalogsGiveTheirEnvironmentToThoseWhoLookForIt()
    {
        var ml = new MLContext();
        foreach (object catalog in (object[])[ml.Transforms.Text, ml.Transforms, ml.MulticlassClassification.Trainers, ml.MulticlassClassification, ml.Data, ml.Model])
        {
            var face = catalog.GetType().GetInterfaces().First(type => type.Name == "IInternalCatalog");
            var environment = Assert.IsAssignableFrom<IHostEnvironment>(face.GetProperty("Environment")!.GetValue(catalog));
            Assert.Same(ml.ComponentCatalog, environment.ComponentCatalog);
        }
    }

    [Fact]
    public void RegisteringAnAssemblyTwiceDoesNothing()
    {
        var ml = new MLContext();
        ml.ComponentCatalog.RegisterAssembly(typeof(EnvironmentTests).Assembly);
        ml.ComponentCatalog.RegisterAssembly(typeof(EnvironmentTests).Assembly);
    }

    private static int[] Draw(IHostEnvironment environment)
    {
        var first = environment.Register("A").Rand;
        var second = environment.Register("B").Rand;
        return [first.Next(), second.Next(), first.Next(), second.Next()];
    }
}
