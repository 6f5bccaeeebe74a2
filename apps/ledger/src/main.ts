import * as d from '@ledger/domain';
console.log(d);
