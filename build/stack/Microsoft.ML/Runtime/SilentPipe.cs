namespace Microsoft.ML.Runtime;

/// <summary>A pipe that nobody listens to, as every pipe of a plain <see cref="MLContext"/> but its channels.</summary>
internal sealed class SilentPipe<TMessage>(LocalEnvironment parent, string name) : IPipe<TMessage>
{
    public string ContextDescription => LocalEnvironment.Join(parent.FullName, name);

    public TException Process<TException>(TException ex)
        where TException : Exception => parent.Process(ex);

    public void Send(TMessage msg)
    {
    }

    public void Dispose()
    {
    }
}
