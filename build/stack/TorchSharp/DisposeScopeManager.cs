namespace TorchSharp;

/// <summary>A thread's nest of dispose scopes.</summary>
public class DisposeScopeManager
{
    [ThreadStatic] private static DisposeScopeManager? threadSingleton;

    public static ThreadDisposeScopeStatistics Statistics => ThreadSingleton.StatisticsInstance;

    internal static DisposeScopeManager ThreadSingleton => threadSingleton ??= new DisposeScopeManager();

    internal ThreadDisposeScopeStatistics StatisticsInstance { get; } = new();

    internal DisposeScope? CurrentDisposeScope { get; private set; }

    internal DisposeScope NewDisposeScope() => CurrentDisposeScope = new DisposeScope(this);

    internal DisposeScope? RegisterOnCurrentDisposeScope(torch.Tensor tensor)
    {
        if (CurrentDisposeScope is null)
        {
            StatisticsInstance.TensorStatistics.CreatedOutsideScopeCount++;
        }
        else
        {
            StatisticsInstance.TensorStatistics.CreatedInScopeCount++;
            CurrentDisposeScope.Register(tensor);
        }
        return CurrentDisposeScope;
    }

    internal void DisposingOnCurrentScope(torch.Tensor tensor)
    {
        if (tensor.OwningDisposeScope is null)
        {
            StatisticsInstance.TensorStatistics.DisposedOutsideScopeCount++;
        }
        else
        {
            StatisticsInstance.TensorStatistics.DisposedInScopeCount++;
        }
    }

    /// <summary>Takes a scope out of the nest, wherever in it it stands.</summary>
    internal void RemoveDisposeScope(DisposeScope removed)
    {
        if (CurrentDisposeScope == removed)
        {
            CurrentDisposeScope = removed.OuterScope;
            return;
        }
        for (var scope = CurrentDisposeScope; scope is not null; scope = scope.OuterScope)
        {
            if (scope.OuterScope == removed)
            {
                scope.OuterScope = removed.OuterScope;
            }
        }
    }
}

/// <summary>What became of one kind of disposable on one thread.</summary>
public class LifetimeStatistics
{
    public long CreatedOutsideScopeCount { get; internal set; }
    public long CreatedInScopeCount { get; internal set; }
    public long AttachedToScopeCount { get; internal set; }
    public long DetachedFromScopeCount { get; internal set; }
    public long DisposedInScopeCount { get; internal set; }
    public long DisposedOutsideScopeCount { get; internal set; }
    public long ThreadTotalLiveCount => CreatedInScopeCount + CreatedOutsideScopeCount - DisposedInScopeCount - DisposedOutsideScopeCount;

    public void Reset() => CreatedOutsideScopeCount = CreatedInScopeCount = AttachedToScopeCount = DetachedFromScopeCount = DisposedInScopeCount = DisposedOutsideScopeCount = 0;
}

/// <summary>What became of the disposables of one thread.</summary>
public class ThreadDisposeScopeStatistics
{
    public LifetimeStatistics TensorStatistics { get; } = new();
    public long CreatedOutsideScopeCount => TensorStatistics.CreatedOutsideScopeCount;
    public long CreatedInScopeCount => TensorStatistics.CreatedInScopeCount;
    public long AttachedToScopeCount => TensorStatistics.AttachedToScopeCount;
    public long DetachedFromScopeCount => TensorStatistics.DetachedFromScopeCount;
    public long DisposedInScopeCount => TensorStatistics.DisposedInScopeCount;
    public long DisposedOutsideScopeCount => TensorStatistics.DisposedOutsideScopeCount;
    public long ThreadTotalLiveCount => TensorStatistics.ThreadTotalLiveCount;

    public void Reset() => TensorStatistics.Reset();
}

public static partial class torch
{
    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.ThreadSingleton.CurrentDisposeScope;

    /// <summary>A new innermost scope for this thread.</summary>
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.ThreadSingleton.NewDisposeScope();

    /// <summary>Runs <paramref name="expr"/> in a scope of its own, and keeps only its result.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }
}
