using Microsoft.Extensions.ML;
using Microsoft.Extensions.Primitives;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Transformers.Tests.Serving;

/// <summary>A model that a test holds up, makes fail and replaces: it answers a text with its length, and "poison" with an exception.</summary>
internal sealed class ScriptedModel : ModelLoader, IDisposable
{
    private static readonly MLContext Context = new(1);
    private readonly ManualResetEventSlim gate = new(true);
    private ITransformer model;
    private ModelReloadToken token = new();
    private State state;
    private int scored;

    public ScriptedModel() => (model, state) = Make();

    /// <summary>How many rows the model has looked at, with those it warmed up with.</summary>
    public int Scored => Volatile.Read(ref scored);

    /// <summary>What "poison" causes.</summary>
    public Func<Exception> Poison { get; set; } = () => new InvalidOperationException("This text is poison.");

    public void Hold() => gate.Reset();

    public void Release() => gate.Set();

    /// <summary>Replaces the model; the old one is from now on disposed of, as later versions of the pool do it.</summary>
    public void Replace()
    {
        var old = state;
        (model, state) = Make();
        old.Disposed = true;
        Interlocked.Exchange(ref token, new()).OnReload();
    }

    public override ITransformer GetModel() => model;

    public override IChangeToken GetReloadToken() => token;

    public void Dispose() => gate.Dispose();

    private (ITransformer Model, State State) Make()
    {
        var own = new State();
        return (Context.Transforms.CustomMapping<Words, Length>((words, length) => Answer(own, words.Text, length), null)
            .Fit(Context.Data.LoadFromEnumerable<Question>([])), own);
    }

    private void Answer(State own, string text, Length length)
    {
        gate.Wait();
        ObjectDisposedException.ThrowIf(own.Disposed, typeof(ScriptedModel));
        Interlocked.Increment(ref scored);
        if (text == "poison")
        {
            throw Poison();
        }
        length.Characters = text.Length;
    }

    /// <summary>The one column that the model reads.</summary>
    private sealed class Words
    {
        [ColumnName("text")]
        public string Text { get; set; } = "";
    }

    private sealed class State
    {
        public volatile bool Disposed;
    }
}
