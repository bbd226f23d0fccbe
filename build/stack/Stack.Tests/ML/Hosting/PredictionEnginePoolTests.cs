using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ML;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.ML;

namespace Stack.Tests.ML.Hosting;

public sealed class PredictionEnginePoolTests : IDisposable
{
    private readonly PricedWords _files = new();
    private readonly LogEntries _log = new();

    [Fact]
    public void EnginesAreRentedAndKept()
    {
        using var services = Services(builder => builder.FromFile(_files.Save(3), watchForChanges: false));
        var pool = services.GetRequiredService<PredictionEnginePool<Word, Priced>>();
        var first = pool.GetPredictionEngine();
        var second = pool.GetPredictionEngine();
        Assert.NotSame(first, second);
        Assert.Equal(3, first.Predict(new()).Price);
        pool.ReturnPredictionEngine(first);
        Assert.Same(first, pool.GetPredictionEngine());
        Assert.Equal(3, pool.Predict(new Word()).Price);
        Assert.Throws<ArgumentNullException>("engine", () => pool.ReturnPredictionEngine(null!));
    }

    [Fact]
    public void ModelsHaveNames()
    {
        using var services = Services(builder => builder
            .FromFile("cheap", _files.Save(1, "cheap.mlnet"), watchForChanges: false)
            .FromFile("dear", _files.Save(9, "dear.mlnet"), watchForChanges: false));
        var pool = services.GetRequiredService<PredictionEnginePool<Word, Priced>>();
        Assert.Equal(1, pool.Predict("cheap", new Word()).Price);
        Assert.Equal(9, pool.Predict("dear", new Word()).Price);
        Assert.NotSame(pool.GetModel("cheap"), pool.GetModel("dear"));
        Assert.Throws<ArgumentNullException>("poolOptions", () => pool.Predict("other", new Word()));
        Assert.Throws<ArgumentNullException>("poolOptions", () => pool.GetModel("other"));
        var none = Assert.Throws<ArgumentException>(() => pool.GetPredictionEngine());
        Assert.Equal("You need to configure a default, not named, model before you use this method.", none.Message);
        Assert.Throws<KeyNotFoundException>(() => pool.ReturnPredictionEngine("other", pool.GetPredictionEngine("cheap")));
    }

    [Fact]
    public void ManyThreadsShareAPool()
    {
        using var services = Services(builder => builder.FromFile(_files.Save(3), watchForChanges: false));
        var pool = services.GetRequiredService<PredictionEnginePool<Word, Priced>>();
        Parallel.For(0, 500, _ => Assert.Equal(3, pool.Predict(new Word()).Price));
    }

    [Fact]
    public void AMissingFileIsNamed()
    {
        using var services = Services(builder => builder.FromFile("nowhere.mlnet"));
        var exception = Assert.Throws<ArgumentException>(() => services.GetRequiredService<PredictionEnginePool<Word, Priced>>());
        Assert.Equal("The provided model file nowhere.mlnet doesn't exist.", exception.Message);
    }

    [Fact]
    public void AChangedFileTakesOver()
    {
        using var services = Services(builder => builder.FromFile(_files.Save(3)));
        var pool = services.GetRequiredService<PredictionEnginePool<Word, Priced>>();
        var rented = pool.GetPredictionEngine();
        var before = pool.GetModel();
        _files.Save(4);
        // None is given back: the pool would keep it, though it is of the model before.
        Eventually(() => pool.GetPredictionEngine().Predict(new()).Price == 4);
        Assert.NotSame(before, pool.GetModel());
        Assert.Equal(3, rented.Predict(new()).Price);
        Assert.Contains(_log.All, entry => entry is { Category: "Microsoft.Extensions.ML.FileModelLoader", Level: LogLevel.Information, Event: { Id: 101, Name: "FileReloadEnd" } });
    }

    [Fact]
    public void AFileThatNobodyWatchesStays()
    {
        using var services = Services(builder => builder.FromFile(_files.Save(3), watchForChanges: false));
        var pool = services.GetRequiredService<PredictionEnginePool<Word, Priced>>();
        _files.Save(4);
        Thread.Sleep(100);
        Assert.Equal(3, pool.Predict(new Word()).Price);
    }

    [Fact]
    public void AFileThatIsBeingWrittenIsWaitedFor()
    {
        using var services = Services(builder => builder.FromFile(_files.Save(3)));
        var pool = services.GetRequiredService<PredictionEnginePool<Word, Priced>>();
        var bytes = _files.Bytes(5);
        using (var stream = new FileStream(_files.Path, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(bytes.AsSpan(0, bytes.Length / 2));
            stream.Flush();
            Thread.Sleep(150);
            Assert.Equal(3, pool.Predict(new Word()).Price);
            stream.Write(bytes.AsSpan(bytes.Length / 2));
        }
        Eventually(() => pool.GetPredictionEngine().Predict(new()).Price == 5);
        Assert.DoesNotContain(_log.All, entry => entry.Level == LogLevel.Error);
    }

    [Fact]
    public void ABrokenFileLeavesTheOldModel()
    {
        using var services = Services(builder => builder.FromFile(_files.Save(3)));
        var pool = services.GetRequiredService<PredictionEnginePool<Word, Priced>>();
        File.WriteAllText(_files.Path, "no model");
        Eventually(() => _log.All.Any(entry => entry is
            { Category: "Microsoft.Extensions.ML.FileModelLoader", Level: LogLevel.Error, Event: { Id: 103, Name: "FileReloadError" } }));
        Assert.Equal(3, pool.Predict(new Word()).Price);
        _files.Save(4);
        Eventually(() => services.GetRequiredService<IOptions<MLOptions>>().Value.MLContext.Model
            .CreatePredictionEngine<Word, Priced>(pool.GetModel(), new PredictionEngineOptions { OwnsTransformer = false }).Predict(new()).Price == 4);
    }

    [Fact]
    public void ALoaderOfOnesOwnSaysWhenToReload()
    {
        var context = new MLContext(1);
        var loader = new Swapped(context.Model.Load(new MemoryStream(_files.Bytes(1)), out _));
        using var services = Services(builder => builder.Services
            .AddOptions<PredictionEnginePoolOptions<Word, Priced>>().Configure(options => options.ModelLoader = loader));
        var pool = services.GetRequiredService<PredictionEnginePool<Word, Priced>>();
        Assert.Equal(1, pool.Predict(new Word()).Price);
        for (var price = 2; price < 5; price++)
        {
            loader.Swap(context.Model.Load(new MemoryStream(_files.Bytes(price)), out _));
            Assert.Equal(price, pool.GetPredictionEngine().Predict(new()).Price);
        }
    }

    [Fact]
    public void ATokenTellsOnce()
    {
        var token = new ModelReloadToken();
        var told = new List<object>();
        using (token.RegisterChangeCallback(told.Add, "a"))
        {
            token.RegisterChangeCallback(told.Add, "b").Dispose();
            Assert.True(token.ActiveChangeCallbacks);
            Assert.False(token.HasChanged);
            token.OnReload();
            token.OnReload();
            Assert.True(token.HasChanged);
            Assert.Equal(["a"], told);
        }
    }

    [Fact]
    public void TheContextIsOnesOwnAndItsWordsAreLogged()
    {
        var context = new MLContext(7);
        var collection = new ServiceCollection();
        collection.Configure<MLOptions>(options => options.MLContext = context);
        collection.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log));
        collection.AddPredictionEnginePool<Word, Priced>().FromFile(_files.Save(3), watchForChanges: false);
        using var services = collection.BuildServiceProvider();
        Assert.Same(context, services.GetRequiredService<IOptions<MLOptions>>().Value.MLContext);
        services.GetRequiredService<PredictionEnginePool<Word, Priced>>();
        var rows = context.Data.LoadFromEnumerable([new Word()]);
        context.Transforms.Conversion.MapValueToKey("Key", "Name").Fit(rows);
        Assert.Contains(_log.All, entry => entry is { Category: "Microsoft.ML.MLContext", Level: LogLevel.Trace });
    }

    public void Dispose() => _files.Dispose();

    internal static void Eventually(Func<bool> condition)
    {
        for (var deadline = Environment.TickCount64 + 20_000; !condition();)
        {
            Assert.True(Environment.TickCount64 < deadline, "It has not happened within 20 seconds.");
            Thread.Sleep(10);
        }
    }

    private ServiceProvider Services(Action<PredictionEnginePoolBuilder<Word, Priced>> configure)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(_log));
        configure(services.AddPredictionEnginePool<Word, Priced>());
        return services.BuildServiceProvider();
    }

    private sealed class Swapped(ITransformer model) : ModelLoader
    {
        private ITransformer _model = model;
        private ModelReloadToken _token = new();

        public override ITransformer GetModel() => _model;

        public override IChangeToken GetReloadToken() => _token;

        public void Swap(ITransformer model)
        {
            _model = model;
            Interlocked.Exchange(ref _token, new()).OnReload();
        }
    }
}
