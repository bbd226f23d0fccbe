namespace TorchSharp;

/// <summary>Disposes the tensors that its thread makes while it is the innermost scope, apart from those taken out.</summary>
public sealed class DisposeScope : IDisposable
{
    private readonly DisposeScopeManager manager;
    private HashSet<IDisposable> disposables = new(ReferenceEqualityComparer.Instance);
    private bool disposed;

    internal DisposeScope(DisposeScopeManager manager)
    {
        this.manager = manager;
        OuterScope = manager.CurrentDisposeScope;
    }

    public IReadOnlyList<IDisposable> DisposablesView => [.. Open()];

    public int DisposablesCount => Open().Count;

    internal DisposeScope? OuterScope { get; set; }

    public bool Contains(IDisposable disposable) => disposables.Contains(disposable);

    // ---- Into the scope around this one, or out of all scopes where there is none ----

    public T MoveToOuter<T>(T disposable) where T : IDisposable => MoveToOther(OuterScope, disposable);

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        MoveToOther(OuterScope, first, second);

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third) where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        MoveToOther(OuterScope, first, second, third);

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOther(OuterScope, (IEnumerable<IDisposable>)disposables);

    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(OuterScope, disposables);

    // ---- Into another scope ----

    public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
    {
        Move(scope, disposable);
        return disposable;
    }

    public (T1 first, T2 second) MoveToOther<T1, T2>(DisposeScope? scope, T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        (MoveToOther(scope, first), MoveToOther(scope, second));

    public (T1 first, T2 second, T3 third) MoveToOther<T1, T2, T3>(DisposeScope? scope, T1 first, T2 second, T3 third) where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        (MoveToOther(scope, first), MoveToOther(scope, second), MoveToOther(scope, third));

    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables) => MoveToOther(scope, (IEnumerable<IDisposable>)disposables);

    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
        {
            Move(scope, disposable);
        }
    }

    // ---- Out of all scopes ----

    public T Detach<T>(T disposable) where T : IDisposable => MoveToOther(null, disposable);

    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable => MoveToOther(null, first, second);

    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third) where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        MoveToOther(null, first, second, third);

    public void Detach(params IDisposable[] disposables) => MoveToOther(null, (IEnumerable<IDisposable>)disposables);

    public void Detach(IEnumerable<IDisposable> disposables) => MoveToOther(null, disposables);

    // ---- Into this scope ----

    public void Attach(IDisposable disposable) => Add(disposable);

    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        List<IDisposable> attached = [.. disposables];
        attached.ForEach(Add);
        return attached;
    }

    // ---- The end ----

    public void DisposeEverything() => DisposeEverythingBut((IEnumerable<IDisposable>)[]);

    /// <summary>Disposes everything in the scope but <paramref name="inKeep"/>, which stays in it.</summary>
    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        var old = Open();
        disposables = new HashSet<IDisposable>(inKeep, ReferenceEqualityComparer.Instance);
        foreach (var disposable in old)
        {
            if (!disposables.Contains(disposable))
            {
                disposable.Dispose();
            }
        }
    }

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[keep]);
        return keep;
    }

    public (T1 first, T2 second) DisposeEverythingBut<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) DisposeEverythingBut<T1, T2, T3>(T1 first, T2 second, T3 third) where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[first, second, third]);
        return (first, second, third);
    }

    public void Dispose()
    {
        if (disposed)
        {
            return;
        }
        DisposeEverything();
        manager.RemoveDisposeScope(this);
        disposed = true;
    }

    /// <summary>Forgets something that was disposed by hand.</summary>
    public void MarkAsDisposed(IDisposable disposable)
    {
        Open().Remove(disposable);
        if (disposable is torch.Tensor tensor)
        {
            tensor.OwningDisposeScope = null;
        }
    }

    internal void Register(torch.Tensor tensor) => disposables.Add(tensor);

    private HashSet<IDisposable> Open()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return disposables;
    }

    private void Move(DisposeScope? scope, IDisposable disposable)
    {
        if (!Open().Remove(disposable))
        {
            return;
        }
        var tensor = Managed(disposable);
        tensor.OwningDisposeScope = scope;
        if (scope is null)
        {
            manager.StatisticsInstance.TensorStatistics.DetachedFromScopeCount++;
        }
        else
        {
            scope.disposables.Add(tensor);
        }
    }

    private void Add(IDisposable disposable)
    {
        Open();
        var tensor = Managed(disposable);
        if (tensor.OwningDisposeScope == this)
        {
            return;
        }
        tensor.OwningDisposeScope?.disposables.Remove(tensor);
        tensor.OwningDisposeScope = this;
        disposables.Add(tensor);
        manager.StatisticsInstance.TensorStatistics.AttachedToScopeCount++;
    }

    private static torch.Tensor Managed(IDisposable disposable) => disposable as torch.Tensor
        ?? throw new InvalidOperationException("DisposeScope can only manage Tensor or PackedSequence");
}
