namespace TorchSharp.Bridge;

/// <summary>A tensor's address, or zero for null, that stays valid until this is disposed.</summary>
internal readonly ref struct HeldTensor
{
    private readonly torch.Tensor? tensor;

    public HeldTensor(torch.Tensor? tensor)
    {
        Address = tensor?.Hold() ?? 0;
        this.tensor = tensor;
    }

    public nint Address { get; }

    public void Dispose() => tensor?.LetGo();
}

/// <summary>The addresses of some tensors, which stay valid until this is disposed.</summary>
internal readonly ref struct HeldTensors
{
    private readonly IList<torch.Tensor>? tensors;

    public HeldTensors(IList<torch.Tensor>? tensors)
    {
        Addresses = new nint[tensors?.Count ?? 0];
        var held = 0;
        try
        {
            for (; held < Addresses.Length; held++)
            {
                Addresses[held] = tensors![held].Hold();
            }
        }
        catch
        {
            while (held-- > 0)
            {
                tensors![held].LetGo();
            }
            throw;
        }
        this.tensors = tensors;
    }

    public nint[] Addresses { get; }

    public int Count => Addresses.Length;

    public void Dispose()
    {
        for (var i = 0; i < Count; i++)
        {
            tensors![i].LetGo();
        }
    }
}
