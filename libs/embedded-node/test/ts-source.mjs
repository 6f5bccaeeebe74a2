// Lets node run the library from its TypeScript source, in a process or thread of its own: types are stripped by node
// itself, and an import of `./x.js` means `./x.ts` as it does for the compiler.
import { registerHooks } from 'node:module';

registerHooks({
  resolve: (specifier, context, next) => {
    const fromSource = context.parentURL?.endsWith('.ts') && specifier.startsWith('.');
    return next(fromSource ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
});
