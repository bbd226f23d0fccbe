namespace Microsoft.ML.Trainers;

/// <summary>What a trainer learnt, to predict a <typeparamref name="TOutput"/> with.</summary>
public abstract class ModelParametersBase<TOutput> : ICanSaveModel
{
    private protected readonly IHost Host;

    private protected ModelParametersBase(IHostEnvironment env, string name) =>
        Host = Contracts.CheckValue(env, nameof(env)).Register(name);

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        Host.CheckValue(ctx, nameof(ctx));
        ctx.CheckAtModel();
        SaveCore(ctx);
    }

    private protected abstract void SaveCore(ModelSaveContext ctx);
}
