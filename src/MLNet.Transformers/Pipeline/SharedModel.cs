namespace MLNet.Transformers.Pipeline;

/// <summary>
/// A model that several owners hold: the transformer, each open cursor, each prediction engine. It is disposed when the
/// last of them lets go, so none can take it from another.
/// </summary>
internal sealed class SharedModel<TModel>
    where TModel : class, IDisposable
{
    private readonly TModel model;
    private readonly string name;
    private int holders;

    private SharedModel(TModel model, string name)
    {
        this.model = model;
        this.name = name;
    }

    /// <summary>The first owner's lease; <paramref name="name"/> is what errors after disposal call the owner.</summary>
    public static Lease Hold(TModel model, string name) => new SharedModel<TModel>(model, name).Acquire();

    private Lease Acquire()
    {
        for (var seen = Volatile.Read(ref holders); seen >= 0; seen = Volatile.Read(ref holders))
        {
            if (Interlocked.CompareExchange(ref holders, seen + 1, seen) == seen)
            {
                return new Lease(this);
            }
        }
        throw Disposed();
    }

    private void Release()
    {
        if (Interlocked.Decrement(ref holders) == 0 && Interlocked.CompareExchange(ref holders, int.MinValue, 0) == 0)
        {
            model.Dispose();
        }
    }

    private ObjectDisposedException Disposed() => new(name);

    /// <summary>One owner's hold on the model.</summary>
    public sealed class Lease(SharedModel<TModel> shared) : IDisposable
    {
        private int released;

        /// <exception cref="ObjectDisposedException">This owner has let go.</exception>
        public TModel Model => Volatile.Read(ref released) == 0 ? shared.model : throw shared.Disposed();

        /// <summary>A lease for another owner.</summary>
        /// <exception cref="ObjectDisposedException">This owner has let go.</exception>
        public Lease Share() => Volatile.Read(ref released) == 0 ? shared.Acquire() : throw shared.Disposed();

        public void Dispose()
        {
            if (Interlocked.Exchange(ref released, 1) == 0)
            {
                shared.Release();
            }
        }
    }
}
