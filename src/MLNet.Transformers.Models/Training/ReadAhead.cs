namespace MLNet.Transformers.Models;

/// <summary>Makes what comes next while what came before is used, on another thread, and no further ahead than that.</summary>
internal static class ReadAhead
{
    /// <summary>
    /// What is made of each source, in order: each as a task that was begun when the one before it was handed out, and whose result is
    /// disposed when the next one is asked for.
    /// </summary>
    /// <param name="sources">What to make something of; read by the caller's thread.</param>
    /// <param name="make">Makes it; what it throws, the task throws.</param>
    public static IEnumerable<Task<TResult>> Select<TSource, TResult>(IEnumerable<TSource> sources, Func<TSource, TResult> make)
        where TResult : IDisposable
    {
        using var source = sources.GetEnumerator();
        var next = Begin();
        try
        {
            while (next is { } current)
            {
                next = Begin();
                try
                {
                    yield return current;
                }
                finally
                {
                    Drop(current);
                }
            }
        }
        finally
        {
            Drop(next);
        }

        Task<TResult>? Begin()
        {
            if (!source.MoveNext())
                return null;
            var taken = source.Current;
            return Task.Run(() => make(taken));
        }
    }

    /// <summary>Waits first, so that nothing goes on behind the caller's back; whoever wanted to know has been told what failed.</summary>
    private static void Drop<TResult>(Task<TResult>? task)
        where TResult : IDisposable
    {
        if (task is null)
            return;
        Task.WhenAny(task).Wait();
        if (task.IsCompletedSuccessfully)
            task.Result.Dispose();
    }
}
