namespace Microsoft.ML.Runtime;

/// <summary>Who is throwing: it marks an exception with its own name before the throw.</summary>
public interface IExceptionContext
{
    string ContextDescription { get; }

    TException Process<TException>(TException ex)
        where TException : Exception;
}
