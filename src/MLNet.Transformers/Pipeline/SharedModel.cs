namespace MLNet.Transformers.Pipeline;

/// <summary>
/// A model that several owners hold: the transformer, each open cursor, each prediction engine. It is disposed when the
/// last of them lets go, so none can take it from another.
/// </summary>
internal sealed class SharedModel<TModel>
    where TModel : class, IDisposable
{
    private readonly TModel model;
    private int holders;

    private SharedModel(TModel model) => this.model = model;

    /// <summary>The first owner's lease; <paramref name="name"/> is what errors after disposal call the owner.</summary>
    public static Lease Hold(TModel model, string name) => new SharedModel<TModel>(model).Acquire(name);

    private Lease Acquire(string name)
    {
        for (var seen = Volatile.Read(ref holders); seen >= 0; seen = Volatile.Read(ref holders))
        {
            if (Interlocked.CompareExchange(ref holders, seen + 1, seen) == seen)
            {
                return new Lease(this, name);
            }
        }
        throw new ObjectDisposedException(name);
    }

    private void Release()
    {
        if (Interlocked.Decrement(ref holders) == 0 && Interlocked.CompareExchange(ref holders, int.MinValue, 0) == 0)
        {
            model.Dispose();
        }
    }

    /// <summary>One owner's hold on the model.</summary>
    public sealed class Lease(SharedModel<TModel> shared, string name) : IDisposable
    {
        private int released;

        /// <exception cref="ObjectDisposedException">This owner has let go.</exception>
        public TModel Model => Volatile.Read(ref released) == 0 ? shared.model : throw new ObjectDisposedException(name);

        /// <summary>A lease for another owner.</summary>
        /// <param name="owner">What errors after its disposal call that owner; null where it goes by this one's name.</param>
        /// <exception cref="ObjectDisposedException">This owner has let go.</exception>
        public Lease Share(string? owner = null) => Volatile.Read(ref released) == 0 ? shared.Acquire(owner ?? name) : throw new ObjectDisposedException(name);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref released, 1) == 0)
            {
                shared.Release();
            }
        }
    }
}
